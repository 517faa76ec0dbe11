package org.callclear.settlement.stages;

/** Where the files of settled calls are kept. Either way a changelog topic has them too: what is lost here is restored. */
public enum StoreKind {
    /** In RocksDB: for as many calls as the disk holds. */
    ON_DISK,
    /** In memory: faster, for as many calls as the heap holds. */
    IN_MEMORY
}
