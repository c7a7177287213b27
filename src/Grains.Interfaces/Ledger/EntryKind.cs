namespace Scoring.Ledger;

/// <summary>What an entry of the ledger records. The numbers are stored and hashed: add members, never renumber them.</summary>
public enum EntryKind : byte
{
    /// <summary>The body is erased, by a withdrawal or past its retention. Only the leaf remains.</summary>
    Erased = 0,

    /// <summary>An event of a source. Body: <c>{"data":{…},"source":"…","type":"…"}</c>.</summary>
    Event = 1,

    /// <summary>A service's query for the score. Body: <c>{"at":"…","grant":"…","reference":"…","service":"…"}</c>.</summary>
    Queried = 2,

    /// <summary>
    /// An access by an administrator or an auditor. An administrator sees one contested event: body
    /// <c>{"at":"…","by":"administrator","case":"…","purpose":"contest"}</c>. An auditor sees the history as of a day and, where given, a
    /// turn: body <c>{"asOf":{"day":"…","turn":n},"at":"…","by":"auditor","case":"…","purpose":"…"}</c>.
    /// </summary>
    Looked = 3,

    /// <summary>
    /// Takes the effect of one earlier event away. Body: the event's own members with <c>"day"</c>, <c>"turn"</c> (of the event) and
    /// <c>"reason"</c>. Its key is derived from the event's key, so an event has at most one correction.
    /// </summary>
    Corrected = 4,

    /// <summary>
    /// The participant challenges one event. Body: the event's own members with <c>"day"</c>, <c>"turn"</c>, <c>"ground"</c> and
    /// <c>"dueDay"</c>, the last day on which a decision counts.
    /// </summary>
    ContestOpened = 5,

    /// <summary>
    /// A contest is decided. Body: <c>{"by":"administrator"|"platform","reason":"…","turn":n,"upheld":true|false}</c>. A correction follows
    /// an upheld contest.
    /// </summary>
    ContestDecided = 6,

    /// <summary>The participant consented. Body: <c>{"receipt":"…","ruleSet":"…"}</c>. Always turn 1.</summary>
    Enrolled = 7,

    /// <summary>A handle names this subject from now on. Body: <c>{"handle":"opaque id","source":"…"}</c>.</summary>
    HandleLinked = 8,

    /// <summary>
    /// A handle no longer names this subject, because its participant unlinked it or a newer proof linked it to another subject. Body as
    /// for a linked one.
    /// </summary>
    HandleUnlinked = 9,

    /// <summary>A service may query. Body: <c>{"grant":"…","service":"…","until":"…"|null}</c>.</summary>
    Granted = 10,

    /// <summary>A grant is revoked. Body: <c>{"grant":"…"}</c>.</summary>
    GrantRevoked = 11,

    /// <summary>The participant paused everything. Body: <c>{}</c>.</summary>
    Restricted = 12,

    /// <summary>The participant lifted the pause. Body: <c>{}</c>.</summary>
    RestrictionLifted = 13,

    /// <summary>
    /// The tombstone of a withdrawal, without subject. Body: <c>{"entries":n,"request":"…","signature":"…"}</c>. The request is the SHA-256
    /// of the access token of the call that withdrew. In its place <c>"act"</c> names the administrative action that ended the programme,
    /// or <c>"replayed":true</c> marks a restored copy that was erased again. The signature is a JWS with detached payload: the body
    /// without it, with <c>day</c>, <c>kind</c>, <c>partition</c> and <c>position</c>.
    /// </summary>
    Withdrawn = 14,

    /// <summary>Random filling of a log: no body and a random leaf, declared by <see cref="Padded"/>.</summary>
    Padding = 15,

    /// <summary>
    /// An administrative action, public and without subject, in partition 0. Body:
    /// <c>{"act":"…","at":"…","by":"…","number":n,"words":[…]}</c> with <c>"programme"</c>, <c>"hash"</c> and <c>"details"</c> where the
    /// action has them.
    /// </summary>
    Act = 16,

    /// <summary>The participant consented to a later version. Body as for <see cref="Enrolled"/>.</summary>
    ConsentRenewed = 17,

    /// <summary>
    /// The participant added material to a contest, which moves its due day once. Body: <c>{"dueDay":"…","ground":"…","turn":n}</c>.
    /// </summary>
    ContestExtended = 18,

    /// <summary>
    /// The tombstone of entries past their retention, without subject. Body: <c>{"entries":n,"signature":"…"}</c>, signed as a
    /// withdrawal's.
    /// </summary>
    Expired = 19,

    /// <summary>Says how many of the following rows are <see cref="Padding"/>, without subject. Body: <c>{"entries":n}</c>.</summary>
    Padded = 20,

    /// <summary>The participant made a code by which an auditor may name this subject. Body: <c>{"expiresOn":"…"}</c>.</summary>
    AuditCodeGiven = 21,
}
