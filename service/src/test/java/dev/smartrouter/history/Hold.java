package dev.smartrouter.history;

/**
 * A call's hold on a pod. What nobody has been told of it yet is empty, and may turn out to be anything.
 *
 * @param url see {@link Outcome.New}
 */
record Hold(String pod, String url) {
    static final Hold NONE = new Hold("-", "-");
    static final Hold UNHEARD = new Hold("", "");

    boolean isSome() {
        return !equals(NONE);
    }

    boolean isOn(String other) {
        return isSome() && (pod.isEmpty() || pod.equals(other));
    }

    boolean isOf(String otherPod, String otherUrl) {
        return isOn(otherPod) && (url.isEmpty() || url.equals(otherUrl));
    }

    @Override
    public String toString() {
        return !isSome() ? "no pod" : pod.isEmpty() ? "some pod" : pod;
    }
}
