package org.callclear.proxy;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** SIP responses as they are counted: those that tell something by themselves, the others by their class. */
enum Response {
    RINGING("180"),
    PROGRESS("183"),
    OTHER_PROVISIONAL("other 1xx"),
    OK("200"),
    REDIRECTION("3xx"),
    PAYMENT_REQUIRED("402"),
    FORBIDDEN("403"),
    NOT_FOUND("404"),
    REQUEST_TIMEOUT("408"),
    UNAVAILABLE("480"),
    ADDRESS_INCOMPLETE("484"),
    BUSY_HERE("486"),
    REQUEST_TERMINATED("487"),
    NOT_ACCEPTABLE_HERE("488"),
    OTHER_REFUSAL("other 4xx"),
    SERVER_ERROR("500"),
    SERVICE_UNAVAILABLE("503"),
    OTHER_FAILURE("other 5xx"),
    GLOBAL_FAILURE("6xx");

    private static final Map<String, Response> BY_STATUS =
            Arrays.stream(values()).collect(Collectors.toMap(Response::toString, response -> response));

    private final String status;

    Response(String status) {
        this.status = status;
    }

    /** The one that a status is counted as. */
    static Response of(int status) {
        Response own = BY_STATUS.get(Integer.toString(status));
        if (own != null) {
            return own;
        }
        String kind = status / 100 + "xx";
        Response all = BY_STATUS.get(kind);
        return all != null ? all : Objects.requireNonNull(BY_STATUS.getOrDefault("other " + kind, GLOBAL_FAILURE));
    }

    /** The label's value. */
    @Override
    public String toString() {
        return status;
    }
}
