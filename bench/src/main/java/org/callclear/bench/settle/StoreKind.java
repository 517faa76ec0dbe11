package org.callclear.bench.settle;

/** Where settlement keeps its state. */
public enum StoreKind {
    /** On disk, in RocksDB. */
    ROCKSDB,
    /** In the heap. */
    IN_MEMORY
}
