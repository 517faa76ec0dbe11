package org.callclear.gateways.keys;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.KeyRing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each word on a key to the key ring: new, revoked or, with a tombstone, forgotten. A word that cannot be used
 * changes nothing and is an error in the log, for calls may be refused or let in because of it.
 */
public final class KeyFeed implements TopicTail.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFeed.class);

    private final KeyRing ring;

    public KeyFeed(KeyRing ring) {
        this.ring = ring;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        if (reading == null) {
            forget(record);
            return;
        }
        switch (reading) {
            case Reading.Read read -> read(record, read.value());
            case Reading.Unreadable unreadable -> complain(record, unreadable.why());
        }
    }

    private void read(ConsumerRecord<String, byte[]> record, SpecificRecord value) {
        if (value instanceof TokenKey key) {
            put(record, key);
        } else {
            complain(record, "a " + value.getSchema().getName() + " is no token key");
        }
    }

    private void forget(ConsumerRecord<String, byte[]> record) {
        if (record.key() != null) {
            ring.remove(record.key());
            LOG.info("token key {} is forgotten", record.key());
        }
    }

    private void put(ConsumerRecord<String, byte[]> record, TokenKey key) {
        if (!key.getKeyId().equals(record.key())) {
            complain(record, "the record's key is not its key id");
            return;
        }
        try {
            ring.put(key);
            LOG.info("token key {} is {}", key.getKeyId(), key.getRevokedAt() == null ? "known" : "revoked");
        } catch (IllegalArgumentException e) {
            complain(record, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static void complain(ConsumerRecord<String, byte[]> record, String why) {
        LOG.error("{}-{}@{} is not used as a token key: {}", record.topic(), record.partition(), record.offset(), why);
    }
}
