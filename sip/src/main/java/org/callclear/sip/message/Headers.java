package org.callclear.sip.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of one message, in order; unchangeable. Via, Route and Record-Route stand one value a field. */
public final class Headers implements Iterable<Header> {
    /** No header fields. */
    public static final Headers NONE = new Headers(List.of());

    private final List<Header> fields;

    Headers(List<Header> fields) {
        this.fields = fields;
    }

    /** Value of the first field of this name; null when there is none. */
    public @Nullable String first(String name) {
        for (Header field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** Values of all fields of this name, each as it stands. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (Header field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /** The elements of a list field such as Require; empty ones left out. A field that cannot be split counts as one. */
    public List<String> list(String name) {
        List<String> elements = new ArrayList<>(2);
        for (String value : all(name)) {
            try {
                Lexer.split(value, ',').stream().filter(e -> !e.isEmpty()).forEach(elements::add);
            } catch (Malformed e) {
                elements.add(value);
            }
        }
        return elements;
    }

    /** These fields with one more at the end. */
    public Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(fields.size() + 1);
        more.addAll(fields);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    /** These fields with all of others at the end. */
    public Headers with(Headers others) {
        List<Header> more = new ArrayList<>(fields);
        more.addAll(others.fields);
        return new Headers(more);
    }

    /** These fields with the first of this name given another value; where there is none, one in front. */
    public Headers withFirst(String name, String value) {
        List<Header> changed = new ArrayList<>(fields);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).name().equalsIgnoreCase(name)) {
                changed.set(i, new Header(name, value));
                return new Headers(changed);
            }
        }
        changed.add(0, new Header(name, value));
        return new Headers(changed);
    }

    @Override
    public Iterator<Header> iterator() {
        return fields.iterator();
    }
}
