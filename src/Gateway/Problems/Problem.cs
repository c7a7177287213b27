namespace Scoring.Problems;

/// <summary>A kind of refusal. The type is stable and documented in docs/api.md; nothing in it depends on the request's content.</summary>
/// <param name="Name">The last part of the type, <c>urn:scoring:problem:{Name}</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same for every occurrence.</param>
internal sealed record Problem(string Name, int Status, string Title)
{
    public static readonly Problem MalformedRequest =
        new("malformed-request", 400, "The request is not of the form that this address takes.");
    public static readonly Problem MalformedJson = new("malformed-json", 400, "The body is not the JSON that this address takes.");
    public static readonly Problem EventsRefused = new("events-refused", 400, "Nothing was taken: at least one event is at fault.");
    public static readonly Problem Unauthenticated = new("unauthenticated", 401, "A valid access token is needed.");
    public static readonly Problem Forbidden = new("forbidden", 403, "The token does not carry the role that this address needs.");
    public static readonly Problem SourceNotRegistered = new("source-not-registered", 403, "The token's source is not registered.");
    public static readonly Problem ServiceNotRegistered = new("service-not-registered", 403, "The token's service is not registered.");
    public static readonly Problem IsAuthor =
        new("is-author", 403, "Who wrote it may not approve it: that takes others.");
    public static readonly Problem NotIndependent =
        new("not-independent", 403, "Who wrote the rules, runs the source or is the participant does not judge the case.");
    public static readonly Problem AdultsOnly =
        new("adults-only", 403, "Only adults may join: the token must carry age_over_18 as true.");
    public static readonly Problem NotFound = new("not-found", 404, "There is nothing here.");
    public static readonly Problem CaseUnknown = new("case-unknown", 404, "There is no such case of this auditor, or it has ended.");
    public static readonly Problem StatisticsNotThereYet =
        new("statistics-not-there-yet", 404, "The month's statistics are made once nothing of it can come in any more.");
    public static readonly Problem MethodNotAllowed = new("method-not-allowed", 405, "This address does not take that method.");
    public static readonly Problem TooSlow = new("too-slow", 408, "The request took too long to arrive.");
    public static readonly Problem RuleSetNotInForce =
        new("rule-set-not-in-force", 409, "The rule set is not the one in force: show the current one and ask again.");
    public static readonly Problem TooManySubjects = new("too-many-subjects", 409, "The greatest number of subjects is reached.");
    public static readonly Problem TooManyGrants = new("too-many-grants", 409, "The greatest number of grants is reached.");
    public static readonly Problem TooManyHandles =
        new("too-many-handles", 409, "The greatest number of handles is reached.");
    public static readonly Problem TooManyContests =
        new("too-many-contests", 409, "The greatest number of open contests is reached.");
    public static readonly Problem ContestedAlready =
        new("contested-already", 409, "The event was contested before: once is all.");
    public static readonly Problem CorrectedAlready = new("corrected-already", 409, "The event was taken away already.");
    public static readonly Problem ContestClosed = new("contest-closed", 409, "The contest is decided, or its due day is over.");
    public static readonly Problem ExtendedAlready =
        new("extended-already", 409, "New material was given already: once is all.");
    public static readonly Problem GroundGiven = new("ground-given", 409, "That ground was given before: it is no new material.");
    public static readonly Problem ContestOverdue =
        new("contest-overdue", 409, "The due day is over: it can no longer be rejected.");
    public static readonly Problem DecidedAlready = new("decided-already", 409, "The contest is decided.");
    public static readonly Problem TooManyAudits =
        new("too-many-audits", 409, "So many cases, draws or codes are there already, or so many were asked for.");
    public static readonly Problem NameTaken = new("name-taken", 409, "There is a programme of that name.");
    public static readonly Problem HashDiffers =
        new("hash-differs", 409, "What the hash names is not what is under way now: look again.");
    public static readonly Problem ApprovedAlready =
        new("approved-already", 409, "This administrator has approved already: that takes another.");
    public static readonly Problem WrongStatus = new("wrong-status", 409, "It does not stand so that this could be done.");
    public static readonly Problem SimulationUnderWay = new("simulation-under-way", 409, "A simulation is under way already.");
    public static readonly Problem TooLarge = new("too-large", 413, "The request is larger than this address takes.");
    public static readonly Problem UnsupportedMediaType =
        new("unsupported-media-type", 415, "This address does not take that content type.");
    public static readonly Problem ProgrammeUnknown = new("programme-unknown", 422, "No such programme is published.");
    public static readonly Problem ProofRefused = new("proof-refused", 422, "A handle proof does not hold.");
    public static readonly Problem ServiceUnknown = new("service-unknown", 422, "No such service is registered for the programme.");
    public static readonly Problem EventUnknown = new("event-unknown", 422, "No event of the subject has that turn.");
    public static readonly Problem ReasonDoesNotFit =
        new("reason-does-not-fit", 422, "The reason does not go with the decision.");
    public static readonly Problem ExpiryOutOfRange =
        new("expiry-out-of-range", 422, "The last day lies in the past, or further ahead than is allowed.");
    public static readonly Problem CosignatureRefused = new(
        "cosignature-refused", 422, "The line is no cosignature of that checkpoint by a witness known here.");
    public static readonly Problem UntilInPast = new("until-in-past", 422, "The end does not lie in the future.");
    public static readonly Problem ContentAtFault =
        new("content-at-fault", 422, "Something is wrong with the content; each problem is named.");
    public static readonly Problem TooManyRequests = new("too-many-requests", 429, "The client is past its rate.");
    public static readonly Problem Internal = new("internal", 500, "Something went wrong here; the request is not at fault.");
    public static readonly Problem Unavailable =
        new("unavailable", 503, "The platform cannot answer now. Nothing was taken for certain; send the same again.");

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<Problem> All { get; } =
    [
        MalformedRequest, MalformedJson, EventsRefused, Unauthenticated, Forbidden, SourceNotRegistered, ServiceNotRegistered, IsAuthor,
        NotIndependent, AdultsOnly, NotFound, CaseUnknown, StatisticsNotThereYet, MethodNotAllowed, TooSlow, RuleSetNotInForce,
        TooManySubjects,
        TooManyGrants, TooManyHandles, TooManyContests, ContestedAlready, CorrectedAlready, ContestClosed, ExtendedAlready, GroundGiven,
        ContestOverdue, DecidedAlready, EventUnknown, ReasonDoesNotFit, NameTaken, HashDiffers,
        ApprovedAlready, WrongStatus, SimulationUnderWay, TooLarge, UnsupportedMediaType, ProgrammeUnknown, ProofRefused, ServiceUnknown,
        UntilInPast, ExpiryOutOfRange, CosignatureRefused, TooManyAudits, ContentAtFault, TooManyRequests, Internal, Unavailable,
    ];

    /// <summary>The URI that clients may decide by.</summary>
    public string Type => "urn:scoring:problem:" + Name;

    /// <summary>The kind that stands for a status which the framework decided.</summary>
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
