package dev.smartrouter.simulator.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * An element of a provider's XML.
 *
 * @param text of its own, with blanks at both ends as they were
 */
record Markup(String name, Map<String, String> attributes, String text, List<Markup> children) {

    /**
     * Reads an answer as Twilio and Plivo do: 200, XML by its content type, well formed, a Response.
     *
     * @param limit bytes that the provider takes
     * @throws Unfit saying what is wrong with it
     */
    static Markup response(Reply.Came reply, int limit) throws Unfit {
        if (reply.status() != 200) throw new Unfit("status " + reply.status());
        if (!reply.is("application/xml", "text/xml")) throw new Unfit("content type '" + reply.type() + "'");
        if (reply.body().length > limit) throw new Unfit("more than " + limit + " bytes");
        var root = parse(reply.body());
        if (!root.name.equals("Response")) throw new Unfit("the root is <" + root.name + ">");
        root.requireAttributes();
        return root;
    }

    private static Markup parse(byte[] xml) throws Unfit {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // else errors go to stderr as well
            return of(builder.parse(new ByteArrayInputStream(xml)).getDocumentElement());
        } catch (SAXException e) {
            throw new Unfit("no XML: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("a parser over bytes in memory", e);
        }
    }

    private static Markup of(Element element) throws Unfit {
        if (element.getNamespaceURI() != null) throw new Unfit("<" + element.getNodeName() + "> has a namespace");
        var attributes = new TreeMap<String, String>();
        for (var i = 0; i < element.getAttributes().getLength(); i++) {
            var attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        var text = new StringBuilder();
        var children = new ArrayList<Markup>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            switch (node.getNodeType()) {
                case Node.ELEMENT_NODE -> children.add(of((Element) node));
                case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> text.append(node.getNodeValue());
                default -> {} // a comment
            }
        }
        return new Markup(element.getLocalName(), Map.copyOf(attributes), text.toString(), List.copyOf(children));
    }

    /** Its children, which must be exactly these and nothing between them. */
    void requireChildren(String... names) throws Unfit {
        var found = children.stream().map(Markup::name).toList();
        if (!found.equals(List.of(names))) {
            throw new Unfit("<" + name + "> holds " + found + ", not " + List.of(names));
        }
        if (names.length > 0 && !text.isBlank()) throw new Unfit("<" + name + "> holds text: " + text.strip());
    }

    /** No attributes but these, which may be missing. */
    void requireAttributes(String... names) throws Unfit {
        for (var attribute : attributes.keySet()) {
            if (!List.of(names).contains(attribute)) throw new Unfit("<" + name + "> has " + attribute);
        }
    }

    void requireAttribute(String attribute, String value) throws Unfit {
        var found = attributes.get(attribute);
        if (!value.equals(found)) throw new Unfit("<" + name + "> has " + attribute + "=" + found + ", not " + value);
    }

    boolean startsWith(String verb) {
        return !children.isEmpty() && children.getFirst().name.equals(verb);
    }

    /**
     * What is spoken before the call ends.
     *
     * @param verb the provider's for speaking
     * @param limit characters that it speaks
     */
    Answer.Apology apology(String verb, int limit) throws Unfit {
        requireChildren(verb, "Hangup");
        var spoken = children.get(0);
        spoken.requireAttributes("voice", "language");
        spoken.requireChildren();
        var words = spoken.text.strip();
        if (words.isEmpty()) throw new Unfit("<" + verb + "> says nothing");
        if (words.length() > limit) throw new Unfit("<" + verb + "> says more than " + limit + " characters");
        var hangup = children.get(1);
        hangup.requireAttributes();
        hangup.requireChildren();
        if (!hangup.text.isBlank()) throw new Unfit("<Hangup> holds text");
        return new Answer.Apology(words);
    }
}
