package org.callclear.app.paper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads a workbook as a spreadsheet would, but keeps the digits that stand in it. */
final class WorkbookReader {
    private final Map<String, byte[]> parts = new LinkedHashMap<>();
    private final List<String> strings = new ArrayList<>();

    WorkbookReader(byte[] workbook) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        for (Element string : elements(root("xl/sharedStrings.xml"), "si")) {
            strings.add(string.getTextContent());
        }
    }

    /** A cell: its XML type and what stands in it. */
    record Cell(String type, String content) {}

    /** The names of the sheets. */
    List<String> sheets() {
        return elements(root("xl/workbook.xml"), "sheet").stream()
                .map(sheet -> sheet.getAttribute("name"))
                .toList();
    }

    /** The rows of a sheet, from 1, each with its cells by column letter. */
    List<Map<String, Cell>> rows(int sheet) {
        List<Map<String, Cell>> rows = new ArrayList<>();
        for (Element row : elements(root("xl/worksheets/sheet" + sheet + ".xml"), "row")) {
            Map<String, Cell> cells = new LinkedHashMap<>();
            for (Element cell : elements(row, "c")) {
                cells.put(cell.getAttribute("r").replaceAll("[0-9]", ""), cell(cell));
            }
            rows.add(cells);
        }
        return rows;
    }

    private Cell cell(Element cell) {
        String type = cell.getAttribute("t");
        String content = cell.getTextContent();
        return new Cell(type, type.equals("s") ? strings.get(Integer.parseInt(content)) : content);
    }

    /** The XML of a part. */
    String xml(String part) {
        return new String(Objects.requireNonNull(parts.get(part), part), StandardCharsets.UTF_8);
    }

    private Element root(String part) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml(part).getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(part, e);
        }
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }
}
