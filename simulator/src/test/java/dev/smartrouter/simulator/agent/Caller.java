package dev.smartrouter.simulator.agent;

/** What each provider says on a media socket, written down from its documents. */
enum Caller {
    TWILIO {
        @Override
        String start(String sid) {
            return """
                    {"event":"start","sequenceNumber":"1","streamSid":"STREAM-1","start":{"streamSid":"STREAM-1",
                    "accountSid":"AC1","callSid":"%s","tracks":["inbound"],"customParameters":{"flow":"v2"},
                    "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}""".formatted(sid);
        }

        @Override
        String media(String payload) {
            return """
                    {"event":"media","sequenceNumber":"2","streamSid":"STREAM-1","media":{"track":"inbound","chunk":"1",
                    "timestamp":"20","payload":"%s"}}""".formatted(payload);
        }

        @Override
        String echo(String payload) {
            return "{\"event\":\"media\",\"streamSid\":\"STREAM-1\",\"media\":{\"payload\":\"" + payload + "\"}}";
        }

        @Override
        String mark() {
            return "{\"event\":\"mark\",\"streamSid\":\"STREAM-1\",\"mark\":{\"name\":\"greeting\"}}";
        }

        @Override
        String clear() {
            return "{\"event\":\"clear\",\"streamSid\":\"STREAM-1\"}";
        }
    },
    PLIVO {
        @Override
        String start(String sid) {
            return """
                    {"sequenceNumber":0,"event":"start","start":{"callId":"%s","streamId":"STREAM-1","accountId":"MA1",
                    "tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}},
                    "extra_headers":"{}"}""".formatted(sid);
        }

        @Override
        String media(String payload) {
            return """
                    {"sequenceNumber":1,"streamId":"STREAM-1","event":"media","media":{"track":"inbound",
                    "timestamp":"1","chunk":1,"payload":"%s"},"extra_headers":"{}"}""".formatted(payload);
        }

        @Override
        String echo(String payload) {
            return "{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-mulaw\",\"sampleRate\":8000,\"payload\":\""
                    + payload + "\"}}";
        }

        @Override
        String mark() {
            return "{\"event\":\"checkpoint\",\"streamId\":\"STREAM-1\",\"name\":\"greeting\"}";
        }

        @Override
        String clear() {
            return "{\"event\":\"clearAudio\",\"streamId\":\"STREAM-1\"}";
        }
    },
    EXOTEL {
        @Override
        String start(String sid) {
            return """
                    {"event":"start","sequence_number":1,"stream_sid":"STREAM-1","start":{"stream_sid":"STREAM-1",
                    "call_sid":"%s","account_sid":"E1","from":"1","to":"2","custom_parameters":{},
                    "media_format":{"encoding":"base64","sample_rate":"8000","bit_rate":"128kbps"}}}""".formatted(sid);
        }

        @Override
        String media(String payload) {
            return """
                    {"event":"media","sequence_number":2,"stream_sid":"STREAM-1","media":{"chunk":1,"timestamp":"0",
                    "payload":"%s"}}""".formatted(payload);
        }

        @Override
        String echo(String payload) {
            return "{\"event\":\"media\",\"stream_sid\":\"STREAM-1\",\"media\":{\"payload\":\"" + payload + "\"}}";
        }

        @Override
        String mark() {
            return "{\"event\":\"mark\",\"stream_sid\":\"STREAM-1\",\"mark\":{\"name\":\"greeting\"}}";
        }

        @Override
        String clear() {
            return "{\"event\":\"clear\",\"stream_sid\":\"STREAM-1\"}";
        }
    };

    abstract String start(String sid);

    abstract String media(String payload);

    /** What it should get back. */
    abstract String echo(String payload);

    abstract String mark();

    abstract String clear();

    /** Of 200 ms, which suits them all. */
    String sound() {
        return "QUJD".repeat(1_066) + "QUI=";
    }
}
