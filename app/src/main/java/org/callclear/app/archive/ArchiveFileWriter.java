package org.callclear.app.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.callclear.settlement.proof.Hashes;
import org.callclear.tokens.secrets.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file of an archive, of its owner alone. Until it is whole it bears another name; the same records give the
 * same bytes.
 */
final class ArchiveFileWriter implements AutoCloseable {
    /** Ends the name of a file that is not whole. */
    static final String HALF_WRITTEN = ".half-written";

    /** Bytes of records in a block, before they are compressed: in each block a reader can begin anew. */
    private static final int BLOCK = 1 << 16;

    private static final int COMPRESSION = 3;
    private static final int SYNC_BYTES = 16;

    private final Path file;
    private final Path half;
    private final @Nullable Schema value;
    private final int schemaId;
    private final FileChannel channel;
    private final FileSum.Summing sum;
    private final DataFileWriter<Object> writer;
    private long records;
    private long first;
    private long last;

    /**
     * @param value schema of the values; null where none reads them
     * @param schemaId its id in the registry; -1 for none
     */
    ArchiveFileWriter(Path file, @Nullable Schema value, int schemaId, SortedMap<String, String> about)
            throws IOException {
        this.file = file;
        this.half = file.resolveSibling(file.getFileName() + HALF_WRITTEN);
        this.value = value;
        this.schemaId = schemaId;
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.channel = FileChannel.open(half, StandardOpenOption.WRITE);
        this.sum = new FileSum.Summing(Channels.newOutputStream(channel));
        this.writer = new DataFileWriter<>(new GenericDatumWriter<>());
        writer.setCodec(CodecFactory.deflateCodec(COMPRESSION));
        writer.setSyncInterval(BLOCK);
        about.forEach(writer::setMeta);
        writer.setMeta("callclear.schema-id", schemaId);
        // The mark between blocks need only be unlikely in them.
        byte[] sync =
                Arrays.copyOf(Hashes.sha256((about + " " + schemaId).getBytes(StandardCharsets.UTF_8)), SYNC_BYTES);
        writer.create(Envelope.around(value), new BufferedOutputStream(sum, BLOCK), sync);
    }

    void append(long offset, ByteBuffer record) throws IOException {
        writer.appendEncoded(record);
        first = records == 0 ? offset : first;
        last = offset;
        records++;
    }

    /** Makes it whole and durable, under its name. */
    Manifest.Content finish() throws IOException {
        writer.flush();
        channel.force(true);
        writer.close();
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        OwnerOnly.forceDirectory(file.toAbsolutePath().resolveSibling(""));
        return new Manifest.Content(
                file.getFileName().toString(),
                value == null ? "" : value.getName(),
                schemaId,
                value == null ? "" : Envelope.fingerprint(value),
                records,
                first,
                last,
                sum.sum());
    }

    /** Lets go of a file that did not become whole. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
        }
    }
}
