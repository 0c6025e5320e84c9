package dev.smartrouter.provider;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.codehaus.stax2.XMLOutputFactory2;

/** XML as telephony providers read it: no declaration, UTF-8, everything escaped that must be. */
final class Markup {
    private static final XmlMapper XML = mapper();

    private Markup() {}

    /** 200 with the document. */
    static Response answer(Object document) {
        return Response.ok(text(document), MediaType.APPLICATION_XML_TYPE).build();
    }

    private static String text(Object document) {
        try {
            return XML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours must be XML", e);
        }
    }

    /** As the operations documents show it: a tag that could have content is closed by one of its own. */
    private static XmlMapper mapper() {
        var output = new WstxOutputFactory();
        output.setProperty(XMLOutputFactory2.P_AUTOMATIC_EMPTY_ELEMENTS, false);
        return new XmlMapper(new XmlFactory(new WstxInputFactory(), output));
    }

    /** {@code <Hangup/>}: both Twilio and Plivo know it. */
    @JsonSerialize(using = HangupSerializer.class)
    enum Hangup {
        HANGUP
    }

    /** A null is how Jackson writes an element that has nothing in it. */
    private static final class HangupSerializer extends StdSerializer<Hangup> {
        private static final long serialVersionUID = 1;

        private HangupSerializer() {
            super(Hangup.class);
        }

        @Override
        public void serialize(Hangup hangup, JsonGenerator xml, SerializerProvider provider) throws IOException {
            xml.writeNull();
        }
    }
}
