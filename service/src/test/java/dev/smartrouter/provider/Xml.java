package dev.smartrouter.provider;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** XML as a parser sees it, so that markup can be compared by what it means. */
final class Xml {
    private Xml() {}

    /** The root, without the blanks that only lay it out. */
    static Element parse(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var root = builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
            trim(root);
            return root;
        } catch (Exception e) {
            throw new AssertionError("no XML: " + xml, e);
        }
    }

    static boolean same(String one, String other) {
        return parse(one).isEqualNode(parse(other));
    }

    private static void trim(Node node) {
        for (var child = node.getFirstChild(); child != null; ) {
            var next = child.getNextSibling();
            if (child.getNodeType() == Node.TEXT_NODE) {
                child.setNodeValue(child.getNodeValue().strip());
                if (child.getNodeValue().isEmpty()) node.removeChild(child);
            } else {
                trim(child);
            }
            child = next;
        }
    }
}
