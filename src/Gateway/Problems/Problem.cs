namespace Scoring.Problems;

/// <summary>A kind of refusal. Its type is stable and listed in docs/api.md. Nothing in it depends on the request's content.</summary>
/// <param name="Name">The last part of the type, <c>urn:scoring:problem:{Name}</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">Says what was wrong and what to do; the same for every occurrence.</param>
internal sealed record Problem(string Name, int Status, string Title)
{
    public static readonly Problem MalformedRequest =
        new("malformed-request", 400, "A parameter or a member does not have the required form. Correct it and send the request again.");
    public static readonly Problem MalformedJson =
        new("malformed-json", 400, "The body is not the JSON that this route accepts. Correct it and send the request again.");
    public static readonly Problem EventsRefused =
        new("events-refused", 400, "At least one event is not valid, so none was accepted. Correct the errors and send the request again.");
    public static readonly Problem Unauthenticated =
        new("unauthenticated", 401, "A valid access token is required. Send one in the Authorization header.");
    public static readonly Problem Forbidden =
        new("forbidden", 403, "The access token lacks the role or the claim that this route requires. Use a token that has both.");
    public static readonly Problem SourceNotRegistered =
        new("source-not-registered", 403, "The token's source is not registered. Have an administrator register or resume it.");
    public static readonly Problem ServiceNotRegistered =
        new("service-not-registered", 403, "The token's service is not registered. Have an administrator register or resume it.");
    public static readonly Problem IsAuthor = new("is-author", 403, "The author may not approve. Ask another administrator to approve.");
    public static readonly Problem NotIndependent =
        new("not-independent", 403, "This administrator is not independent of the case. Another administrator must judge it.");
    public static readonly Problem AdultsOnly =
        new("adults-only", 403, "Only adults can enrol. The token must carry the claim age_over_18 with the value true.");
    public static readonly Problem NotFound = new("not-found", 404, "Nothing was found. Check the address and the names in the request.");
    public static readonly Problem CaseUnknown =
        new("case-unknown", 404, "This auditor has no such case, or the case has ended. Open a case first.");
    public static readonly Problem StatisticsNotThereYet =
        new("statistics-not-there-yet", 404, "The month's statistics do not exist yet. Ask again on the day given in detail.");
    public static readonly Problem MethodNotAllowed =
        new("method-not-allowed", 405, "This route does not allow the method. Use a method that the Allow header lists.");
    public static readonly Problem TooSlow = new("too-slow", 408, "The request took too long to arrive. Send it again.");
    public static readonly Problem RuleSetNotInForce =
        new("rule-set-not-in-force", 409, "The rule set is not the one in force. Show the participant the current one and send its hash.");
    public static readonly Problem TooManySubjects =
        new("too-many-subjects", 409, "The participant has the maximum number of subjects in this programme. Withdraw one first.");
    public static readonly Problem TooManyGrants =
        new("too-many-grants", 409, "The subject has the maximum number of grants. Revoke one first.");
    public static readonly Problem TooManyHandles =
        new("too-many-handles", 409, "The subject would have more than the maximum number of handles. Unlink some, or send fewer proofs.");
    public static readonly Problem TooManyContests =
        new("too-many-contests", 409, "The subject has the maximum number of open contests. Wait until one is decided.");
    public static readonly Problem ContestedAlready =
        new("contested-already", 409, "The event was contested before. An event can be contested only once.");
    public static readonly Problem CorrectedAlready =
        new("corrected-already", 409, "A correction has already removed the event's effect. There is nothing left to contest.");
    public static readonly Problem ContestClosed =
        new("contest-closed", 409, "The contest is decided, or its due day has passed. It accepts no more material.");
    public static readonly Problem ExtendedAlready =
        new("extended-already", 409, "The contest already has new material. It accepts new material only once.");
    public static readonly Problem GroundGiven =
        new("ground-given", 409, "The participant has already given this ground, so it is not new material. Give another ground.");
    public static readonly Problem ContestOverdue =
        new("contest-overdue", 409, "The due day has passed. The contest counts as upheld and can no longer be rejected.");
    public static readonly Problem DecidedAlready =
        new("decided-already", 409, "The contest is already decided. A decision cannot be changed.");
    public static readonly Problem TooManyAudits =
        new("too-many-audits", 409, "This exceeds the maximum number of cases, draws or codes. Ask for fewer, or wait until one ends.");
    public static readonly Problem NameTaken = new("name-taken", 409, "A programme with this name already exists. Choose another name.");
    public static readonly Problem HashDiffers =
        new("hash-differs", 409, "The hash does not name the current content. Read the content again, then send its hash.");
    public static readonly Problem ReportUnknown =
        new("report-unknown", 409, "No such simulation report of the draft is kept. Read its reports again, then name one of them.");
    public static readonly Problem ApprovedAlready =
        new("approved-already", 409, "This administrator has already approved. Ask another administrator to approve.");
    public static readonly Problem WrongStatus =
        new("wrong-status", 409, "The status of the programme or registration does not allow this. Read its status first.");
    public static readonly Problem HistoryTooLong =
        new("history-too-long", 409, "The history is too long for one answer. Get the archive of the subject, which explains it.");
    public static readonly Problem SimulationUnderWay =
        new("simulation-under-way", 409, "A simulation is already running. Wait until it ends, or cancel it.");
    public static readonly Problem TooLarge = new("too-large", 413, "The request is larger than this route accepts. Send a smaller one.");
    public static readonly Problem UnsupportedMediaType =
        new("unsupported-media-type", 415, "This route does not accept the content type or coding of the body. Send one that it accepts.");
    public static readonly Problem ProgrammeUnknown =
        new("programme-unknown", 422, "No programme with this name is published. Check the name.");
    public static readonly Problem ProofRefused =
        new("proof-refused", 422, "A handle proof is not valid. Get a new proof from its source.");
    public static readonly Problem ServiceUnknown =
        new("service-unknown", 422, "No service with this name is registered for the programme. Choose one that the programme lists.");
    public static readonly Problem EventUnknown =
        new("event-unknown", 422, "The subject has no event with this turn, or it is no longer kept. Check the turn.");
    public static readonly Problem ReasonDoesNotFit =
        new("reason-does-not-fit", 422, "The reason does not fit the decision. Choose a reason that does.");
    public static readonly Problem ExpiryOutOfRange =
        new("expiry-out-of-range", 422, "The last day is in the past or too far ahead. Choose another day.");
    public static readonly Problem CosignatureRefused =
        new("cosignature-refused", 422, "The line is no cosignature of this checkpoint by a known witness. Sign with a known key.");
    public static readonly Problem UntilInPast = new("until-in-past", 422, "The end is not in the future. Choose a later end, or none.");
    public static readonly Problem ContentAtFault =
        new("content-at-fault", 422, "The content is not valid. Correct every problem listed and send it again.");
    public static readonly Problem TooManyRequests =
        new("too-many-requests", 429, "The client sent too many requests. Wait for the time in the Retry-After header.");
    public static readonly Problem Internal =
        new("internal", 500, "The platform failed to process the request; the request is not at fault. Report it if it happens again.");
    public static readonly Problem Unavailable =
        new("unavailable", 503, "The platform cannot answer now and may not have accepted the request. Send the same request again later.");

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<Problem> All { get; } =
    [
        MalformedRequest, MalformedJson, EventsRefused, Unauthenticated, Forbidden, SourceNotRegistered,
        ServiceNotRegistered, IsAuthor, NotIndependent, AdultsOnly, NotFound, CaseUnknown, StatisticsNotThereYet,
        MethodNotAllowed, TooSlow, RuleSetNotInForce, TooManySubjects, TooManyGrants, TooManyHandles, TooManyContests,
        ContestedAlready, CorrectedAlready, ContestClosed, ExtendedAlready, GroundGiven, ContestOverdue, DecidedAlready,
        EventUnknown, ReasonDoesNotFit, NameTaken, HashDiffers, ReportUnknown, ApprovedAlready, WrongStatus, SimulationUnderWay,
        HistoryTooLong,
        TooLarge, UnsupportedMediaType, ProgrammeUnknown, ProofRefused, ServiceUnknown, UntilInPast, ExpiryOutOfRange,
        CosignatureRefused, TooManyAudits, ContentAtFault, TooManyRequests, Internal, Unavailable,
    ];

    /// <summary>The URI by which clients tell kinds apart.</summary>
    public string Type => "urn:scoring:problem:" + Name;

    /// <summary>The kind for a status that the framework set.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => TooSlow,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 or 504 => Unavailable,
        >= 500 => Internal,
        _ => MalformedRequest,
    };
}
