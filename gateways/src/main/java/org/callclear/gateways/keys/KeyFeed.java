package org.callclear.gateways.keys;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.gateways.reports.ForeignText;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.KeyRing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each word on a key to the key ring: new, revoked or, with a tombstone, forgotten.
 *
 * <p>A word that cannot be used is an error in the log. It may have been a revocation, so the key it is filed under is
 * no longer believed (fail closed) until a good word on it comes; every other key stays as it was. Calls are refused
 * because of it, which is the safe side: the other way round a revoked key would go on letting calls in.
 */
public final class KeyFeed implements TopicTail.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFeed.class);

    private final KeyRing ring;
    private final Runnable changed;

    /** @param changed told after each word on a key, on the feed's thread */
    public KeyFeed(KeyRing ring, Runnable changed) {
        this.ring = ring;
        this.changed = changed;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        switch (reading) {
            case null -> forget(record);
            case Reading.Read read -> read(record, read.value());
            case Reading.Unreadable unreadable -> distrust(record, unreadable.why());
        }
        changed.run();
    }

    private void read(ConsumerRecord<String, byte[]> record, SpecificRecord value) {
        if (value instanceof TokenKey key) {
            put(record, key);
        } else {
            distrust(record, "a " + value.getSchema().getName() + " is no token key");
        }
    }

    private void forget(ConsumerRecord<String, byte[]> record) {
        if (record.key() != null) {
            ring.remove(record.key());
            LOG.info("token key {} is forgotten", ForeignText.id(record.key()));
        }
    }

    private void put(ConsumerRecord<String, byte[]> record, TokenKey key) {
        if (!key.getKeyId().equals(record.key())) {
            distrust(record, "the record's key is not its key id");
            return;
        }
        try {
            ring.put(key);
            LOG.info(
                    "token key {} is {}",
                    ForeignText.id(key.getKeyId()),
                    key.getRevokedAt() == null ? "known" : "revoked");
        } catch (IllegalArgumentException e) {
            distrust(record, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The last word on a key counts, and it cannot be told what it was: so the key it is filed under goes. */
    private void distrust(ConsumerRecord<String, byte[]> record, String why) {
        LOG.error(
                "{}-{}@{} is not used as a token key{}: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                dropped(record.key()) ? ", and the key it is filed under is believed no more" : "",
                ForeignText.reason(why));
    }

    private boolean dropped(@Nullable String id) {
        if (id == null) {
            return false;
        }
        int before = ring.size();
        ring.remove(id);
        return ring.size() < before;
    }
}
