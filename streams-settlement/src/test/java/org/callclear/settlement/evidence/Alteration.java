package org.callclear.settlement.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.CallProof;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LineKey;
import org.jspecify.annotations.Nullable;

/** One change of a proof that makes it say something else. Where a change cannot be made of a proof, the answer is null. */
enum Alteration {
    BIT {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            byte[] file = month.file(proof);
            int at = random.nextInt(file.length);
            String text = new String(file, StandardCharsets.ISO_8859_1);
            if (proof.lines().isEmpty() && isIn(text, at, proof.call().toString())) {
                return null; // that another call is not there either is as true, and the verdict names it
            }
            file[at] ^= (byte) (1 << random.nextInt(8));
            return file;
        }
    },
    BYTES_AFTER {
        @Override
        byte[] of(Month month, CallProof proof, Random random) {
            byte[] file = month.file(proof);
            byte[] longer = Arrays.copyOf(file, file.length + 1 + random.nextInt(3));
            Arrays.fill(longer, file.length, longer.length, (byte) "\n {}".charAt(random.nextInt(4)));
            return longer;
        }
    },
    CUT {
        @Override
        byte[] of(Month month, CallProof proof, Random random) {
            byte[] file = month.file(proof);
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    OTHER_STATEMENT {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            Month other = Month.first((int) month.tree.size() + random.nextInt(2), random);
            return other.tree.size() == 0 ? null : other.file(proof);
        }
    },
    OTHER_CALL {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            CallId other = month.calls.isEmpty() ? proof.call() : month.calls.get(random.nextInt(month.calls.size()));
            return other.equals(proof.call())
                    ? null
                    : month.file(new CallProof(other, proof.lines(), proof.before(), proof.after()));
        }
    },
    OTHER_CALLS_LINES {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (month.calls.isEmpty()) {
                return null;
            }
            CallProof other = month.proof(month.calls.get(random.nextInt(month.calls.size())));
            return other.call().equals(proof.call())
                    ? null
                    : month.file(new CallProof(proof.call(), other.lines(), other.before(), other.after()));
        }
    },
    LINE_LEFT_OUT {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (proof.lines().isEmpty()) {
                return null;
            }
            List<CallProof.Line> fewer = new ArrayList<>(proof.lines());
            fewer.remove(random.nextInt(fewer.size()));
            return month.file(with(proof, fewer));
        }
    },
    LINE_LEFT_OUT_AND_COUNTED_ON {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (proof.lines().isEmpty()) {
                return null;
            }
            List<CallProof.Line> fewer = new ArrayList<>();
            for (CallProof.Line line : proof.lines().subList(1, proof.lines().size())) {
                fewer.add(new CallProof.Line(line.index() - 1, line.line(), line.salt(), line.path()));
            }
            CallProof.Neighbour after = proof.after();
            return month.file(new CallProof(
                    proof.call(),
                    fewer,
                    proof.before(),
                    after == null ? null : new CallProof.Neighbour(after.index() - 1, after.leaf(), after.path())));
        }
    },
    LINE_TWICE {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (proof.lines().isEmpty()) {
                return null;
            }
            List<CallProof.Line> more = new ArrayList<>(proof.lines());
            int which = random.nextInt(more.size());
            more.add(which, more.get(which));
            return month.file(with(proof, more));
        }
    },
    LINE_AS_NEIGHBOUR {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (proof.lines().isEmpty()) {
                return null;
            }
            CallProof.Line last = proof.lines().getLast();
            return month.file(new CallProof(
                    proof.call(),
                    proof.lines().subList(0, proof.lines().size() - 1),
                    proof.before(),
                    new CallProof.Neighbour(last.index(), last.leaf(), last.path())));
        }
    },
    LINE_REWRITTEN {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (proof.lines().isEmpty()) {
                return null;
            }
            List<CallProof.Line> lines = new ArrayList<>(proof.lines());
            CallProof.Line line = lines.getFirst();
            String json = line.line().json();
            String cheaper = json.replaceFirst("\"amount\":\"0.0", "\"amount\":\"0.00");
            lines.set(
                    0,
                    new CallProof.Line(
                            line.index(), new CallLine(line.line().key(), cheaper), line.salt(), line.path()));
            return month.file(with(proof, lines));
        }
    },
    NEIGHBOUR_DROPPED {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            boolean first = proof.after() == null || random.nextBoolean();
            if ((first ? proof.before() : proof.after()) == null) {
                return null;
            }
            return month.file(new CallProof(
                    proof.call(), proof.lines(), first ? null : proof.before(), first ? proof.after() : null));
        }
    },
    NEIGHBOURS_SWAPPED {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            return proof.before() == null && proof.after() == null
                    ? null
                    : month.file(new CallProof(
                            proof.call(), proof.lines(), /* before= */ proof.after(), /* after= */ proof.before()));
        }
    },
    NEIGHBOUR_RENAMED {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            CallProof.Neighbour before = proof.before();
            if (before == null) {
                return null;
            }
            LineKey key = before.leaf().key();
            LineKey other = new LineKey(key.callId(), key.leg(), key.number() + 1 + random.nextInt(9));
            return month.file(
                    before(proof, before.index(), new Leaf(other, before.leaf().commitment()), before.path()));
        }
    },
    INDEX {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            CallProof.Neighbour before = proof.before();
            return before == null
                    ? null
                    : month.file(before(proof, before.index() + 1 + random.nextInt(9), before.leaf(), before.path()));
        }
    },
    PATH_SHORTER {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            CallProof.Neighbour before = proof.before();
            if (before == null || before.path().isEmpty()) {
                return null;
            }
            List<byte[]> path = new ArrayList<>(before.path());
            path.remove(random.nextInt(path.size()));
            return month.file(before(proof, before.index(), before.leaf(), path));
        }
    },
    PATH_LONGER {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            CallProof.Neighbour before = proof.before();
            if (before == null) {
                return null;
            }
            List<byte[]> path = new ArrayList<>(before.path());
            path.add(random.nextInt(path.size() + 1), month.tree.root());
            return month.file(before(proof, before.index(), before.leaf(), path));
        }
    },
    PATH_TURNED {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            CallProof.Neighbour before = proof.before();
            return before == null || before.path().size() < 2
                    ? null
                    : month.file(before(
                            proof, before.index(), before.leaf(), before.path().reversed()));
        }
    },
    SALT {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            if (proof.lines().isEmpty()) {
                return null;
            }
            List<CallProof.Line> lines = new ArrayList<>(proof.lines());
            CallProof.Line line = lines.removeLast();
            byte[] salt = line.salt().clone();
            salt[random.nextInt(salt.length)] ^= (byte) (1 << random.nextInt(8));
            lines.add(new CallProof.Line(line.index(), line.line(), salt, line.path()));
            return month.file(with(proof, lines));
        }
    },
    SMALLER_STATEMENT {
        @Override
        byte @Nullable [] of(Month month, CallProof proof, Random random) {
            String leaves = "\"leaves\":" + month.tree.size();
            String file = new String(month.file(proof), StandardCharsets.UTF_8);
            return file.replace(leaves, "\"leaves\":" + (month.tree.size() + 1)).getBytes(StandardCharsets.UTF_8);
        }
    };

    /** The bytes of the altered file; null when there is nothing to alter that way. */
    abstract byte @Nullable [] of(Month month, CallProof proof, Random random);

    /** An alteration at random that can be made of this proof. */
    static byte[] any(Month month, CallProof proof, Random random) {
        while (true) {
            byte[] altered = values()[random.nextInt(values().length)].of(month, proof, random);
            if (altered != null) {
                return altered;
            }
        }
    }

    private static boolean isIn(String text, int at, String part) {
        int begin = text.indexOf(part);
        return at >= begin && at < begin + part.length();
    }

    private static CallProof with(CallProof proof, List<CallProof.Line> lines) {
        return new CallProof(proof.call(), lines, proof.before(), proof.after());
    }

    private static CallProof before(CallProof proof, long index, Leaf leaf, List<byte[]> path) {
        return new CallProof(proof.call(), proof.lines(), new CallProof.Neighbour(index, leaf, path), proof.after());
    }
}
