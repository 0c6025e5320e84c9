# Before a voice agent is told to stop: no more calls for it, and the ones it has may end. Needs curl, POD_NAME, POD_UID and
# SMART_ROUTER_BASE_URL. What a router says of this pod decides; when none has said anything for a minute, or does not
# know this pod, nothing is waited for. Kubernetes' grace period ends it all. Where routers ask for a key, it is in
# SMART_ROUTER_API_KEY; one that may only look is enough, as the routers see by themselves that the pod goes.
router=${SMART_ROUTER_BASE_URL:-http://smart-router:8080}
key=${SMART_ROUTER_API_KEY:+header = "Authorization: Bearer $SMART_ROUTER_API_KEY"}
ask() { printf '%s\n' "$key" | curl --config - --silent --max-time 3 "$@"; }

# A pod that failed, or was deleted by force, may have a successor of its name before its node comes to end it: then it is
# not this pod that would be drained.
is_another() {
    case $1 in
        *"\"incarnation\":\"${POD_UID:-}"*) return 1 ;;
        *'"incarnation":"'[!\"]*) return 0 ;;
    esac
    return 1
}
ask_for_pod() {
    answer=$(ask "$@" "$router/api/v1/pod/$POD_NAME")
    is_another "$answer" && exit 0
    case $answer in *'"pod not found"'*) exit 0 ;; esac
}
goes() { case $answer in *'"status":"draining"'*) return 0 ;; esac; return 1; }

# The routers mostly see by themselves, within moments, that a pod goes, or that it has a successor. A drain goes by the name,
# which may be the successor's by then, and the node may end this script before it can be undone: so it is the last resort.
ask_for_pod --retry 3 --retry-connrefused --retry-delay 1
if ! goes; then
    sleep 1
    ask_for_pod
fi
if ! goes; then
    ask --retry 3 --retry-connrefused --retry-delay 1 --output /dev/null --header 'Content-Type: application/json' \
        --data "{\"pod_name\":\"$POD_NAME\"}" "$router/api/v1/drain"
    # The successor may have come between the question and the drain.
    if is_another "$(ask "$router/api/v1/pod/$POD_NAME")"; then
        ask --output /dev/null --header 'Content-Type: application/json' --data "{\"pod_name\":\"$POD_NAME\"}" "$router/api/v1/undrain"
        exit 0
    fi
fi
silent=0
while [ "$silent" -lt 60 ]; do
    answer=$(ask "$router/api/v1/pod/$POD_NAME")
    case $answer in
        *'"active_calls":0,'* | *'"pod not found"'*) exit 0 ;;
        *'"active_calls":'* | *'API key'*) silent=0 ;; # without a key the hook is told nothing, but by a router that lives
        *) silent=$((silent + 1)) ;;
    esac
    sleep 1
done
