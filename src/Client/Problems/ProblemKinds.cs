namespace Scoring.Client;

/// <summary>The kinds of problems, as docs/api.md lists them. A later version of the API may add some.</summary>
public static class ProblemKinds
{
    /// <summary>400: A parameter or a member does not have the required form.</summary>
    public const string MalformedRequest = "malformed-request";

    /// <summary>400: The body is not JSON, or a member is missing, unknown, duplicate or of the wrong type.</summary>
    public const string MalformedJson = "malformed-json";

    /// <summary>400: At least one event is at fault; nothing was taken.</summary>
    public const string EventsRefused = "events-refused";

    /// <summary>401: There is no token, or it is not valid; the answer does not tell which.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>403: The token lacks the role that the route needs, or not exactly one claim names its bearer.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>403: The source is not registered or is stopped, or the token is not of one of its clients.</summary>
    public const string SourceNotRegistered = "source-not-registered";

    /// <summary>403: The token's service is not registered, or no longer.</summary>
    public const string ServiceNotRegistered = "service-not-registered";

    /// <summary>403: Enrolling or renewing consent without the claim <c>age_over_18</c> = <c>true</c> in the token.</summary>
    public const string AdultsOnly = "adults-only";

    /// <summary>403: The author of a draft or a proposal may not approve it.</summary>
    public const string IsAuthor = "is-author";

    /// <summary>403: The administrator wrote or approved the rules, runs the source or is the participant.</summary>
    public const string NotIndependent = "not-independent";

    /// <summary>404: Nothing is there, whatever the reason.</summary>
    public const string NotFound = "not-found";

    /// <summary>404: This auditor has no such case, or it has ended.</summary>
    public const string CaseUnknown = "case-unknown";

    /// <summary>404: A month's statistics are made later; <c>detail</c> says from which day.</summary>
    public const string StatisticsNotThereYet = "statistics-not-there-yet";

    /// <summary>405: <c>Allow</c> says which methods are allowed.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>408: The body did not arrive in time.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>409: Another rule set is in force than the one sent.</summary>
    public const string RuleSetNotInForce = "rule-set-not-in-force";

    /// <summary>409: The participant has the maximum of subjects.</summary>
    public const string TooManySubjects = "too-many-subjects";

    /// <summary>409: The subject has the maximum of grants.</summary>
    public const string TooManyGrants = "too-many-grants";

    /// <summary>409: The subject would have more handles than the maximum.</summary>
    public const string TooManyHandles = "too-many-handles";

    /// <summary>409: The subject has the maximum of open contests.</summary>
    public const string TooManyContests = "too-many-contests";

    /// <summary>409: The event was contested before; each event can be contested once, however that ended.</summary>
    public const string ContestedAlready = "contested-already";

    /// <summary>409: The event was taken away already.</summary>
    public const string CorrectedAlready = "corrected-already";

    /// <summary>409: New material for a contest that is decided or past its due day.</summary>
    public const string ContestClosed = "contest-closed";

    /// <summary>409: New material was given already.</summary>
    public const string ExtendedAlready = "extended-already";

    /// <summary>409: That ground was given before.</summary>
    public const string GroundGiven = "ground-given";

    /// <summary>409: A rejection past the due day.</summary>
    public const string ContestOverdue = "contest-overdue";

    /// <summary>409: The contest is decided.</summary>
    public const string DecidedAlready = "decided-already";

    /// <summary>409: The maximum of cases, draws or codes is reached, or more were asked for.</summary>
    public const string TooManyAudits = "too-many-audits";

    /// <summary>409: A programme has the name of the new draft.</summary>
    public const string NameTaken = "name-taken";

    /// <summary>409: The hash is not the one of the current draft or proposal.</summary>
    public const string HashDiffers = "hash-differs";

    /// <summary>409: No such simulation report of the draft is kept.</summary>
    public const string ReportUnknown = "report-unknown";

    /// <summary>409: The same administrator has approved it.</summary>
    public const string ApprovedAlready = "approved-already";

    /// <summary>409: The status of the programme or registration does not allow it; <c>detail</c> says which status does.</summary>
    public const string WrongStatus = "wrong-status";

    /// <summary>409: The subject has more entries than one answer explains; its archive explains all of them.</summary>
    public const string HistoryTooLong = "history-too-long";

    /// <summary>409: A simulation is running; there is one at a time.</summary>
    public const string SimulationUnderWay = "simulation-under-way";

    /// <summary>413: The body or the batch is past its limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>415: The content type, its charset or the content coding is not supported.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";

    /// <summary>422: No such programme is published.</summary>
    public const string ProgrammeUnknown = "programme-unknown";

    /// <summary>422: A handle proof is not valid; the answer is the same for every reason.</summary>
    public const string ProofRefused = "proof-refused";

    /// <summary>422: No such service is registered for the programme.</summary>
    public const string ServiceUnknown = "service-unknown";

    /// <summary>422: No event of the subject has that turn, or it is no longer kept.</summary>
    public const string EventUnknown = "event-unknown";

    /// <summary>422: The reason does not go with the decision, or only the platform may give it.</summary>
    public const string ReasonDoesNotFit = "reason-does-not-fit";

    /// <summary>422: The last day of a case or code is in the past or too far ahead.</summary>
    public const string ExpiryOutOfRange = "expiry-out-of-range";

    /// <summary>422: The line is not a cosignature of that checkpoint by a known witness.</summary>
    public const string CosignatureRefused = "cosignature-refused";

    /// <summary>422: The end of a grant is not in the future.</summary>
    public const string UntilInPast = "until-in-past";

    /// <summary>422: A draft or a registration is wrong; <c>problems</c> names everything as pointer, code and help.</summary>
    public const string ContentAtFault = "content-at-fault";

    /// <summary>429: The client is past its rate; see <c>Retry-After</c>.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>500: A defect of the platform.</summary>
    public const string Internal = "internal";

    /// <summary>503: There is no answer now, and whether anything was taken is not certain; see <c>Retry-After</c>.</summary>
    public const string Unavailable = "unavailable";
}
