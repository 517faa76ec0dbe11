package org.callclear.app.paper;

import java.util.List;

/** A row of a document, over its whole width. Texts are printable. Heights are in points. */
sealed interface Row {
    /** How much room it takes. */
    float height();

    /** How much room must be left below it, so that it does not end a page. */
    default float keep() {
        return 0;
    }

    /** The document's title. */
    record Title(String text) implements Row {
        @Override
        public float height() {
            return 30;
        }
    }

    /** Over a section. */
    record Heading(String text) implements Row {
        @Override
        public float height() {
            return 26;
        }

        @Override
        public float keep() {
            return 45;
        }
    }

    /** A label and a text. */
    record Fact(String label, List<String> lines) implements Row {
        @Override
        public float height() {
            return 12 * lines.size();
        }
    }

    /** A label and a number, with a currency or without; a main one stands out. */
    record Figure(String label, String number, String currency, boolean main) implements Row {
        @Override
        public float height() {
            return main ? 18 : 12;
        }
    }

    /** Sentences. */
    record Note(List<String> lines) implements Row {
        @Override
        public float height() {
            return 12 * lines.size();
        }
    }

    /** Over the columns of a table. */
    record TableHead() implements Row {
        @Override
        public float height() {
            return 15;
        }

        @Override
        public float keep() {
            return 30;
        }
    }

    /** Over the lines of one side and counterparty. */
    record Group(String text) implements Row {
        @Override
        public float height() {
            return 15;
        }

        @Override
        public float keep() {
            return 12;
        }
    }

    /**
     * A line of the statement.
     *
     * @param cells one for each {@link TableColumn}
     * @param remark what is said below them of a late or disputed line; empty for any other
     * @param group the text of the {@link Group} it belongs to
     */
    record TableLine(List<String> cells, String remark, String group) implements Row {
        @Override
        public float height() {
            return remark.isEmpty() ? 11.5f : 19.5f;
        }
    }
}
