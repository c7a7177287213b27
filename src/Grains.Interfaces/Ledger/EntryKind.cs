namespace Scoring.Ledger;

/// <summary>What an entry of the ledger records. The numbers are stored and hashed: add, never renumber.</summary>
public enum EntryKind : byte
{
    /// <summary>The body is gone: withdrawn, expired. Only the leaf remains.</summary>
    Erased = 0,

    /// <summary>An event of a source. Body: <c>{"data":{…},"source":"…","type":"…"}</c>.</summary>
    Event = 1,

    /// <summary>A service asked for the score. Body: <c>{"at":"…","grant":"…","reference":"…","service":"…"}</c>.</summary>
    Queried = 2,

    /// <summary>
    /// Somebody of the city looked. An administrator at one contested event: body
    /// <c>{"at":"…","by":"administrator","case":"…","purpose":"contest"}</c>. An auditor at the history, as of a day and perhaps a turn:
    /// body
    /// <c>{"asOf":{"day":"…","turn":n},"at":"…","by":"auditor","case":"…","purpose":"…"}</c>.
    /// </summary>
    Looked = 3,

    /// <summary>
    /// Takes one earlier event away. Body: the event's own members beside <c>"day"</c>, <c>"turn"</c> (of the event) and <c>"reason"</c>.
    /// Its key is derived from the event's, so that an event has one at most.
    /// </summary>
    Corrected = 4,

    /// <summary>
    /// The participant challenges one event. Body: the event's own members beside <c>"day"</c>, <c>"turn"</c>, <c>"ground"</c> and
    /// <c>"dueDay"</c>, the last day on which a decision counts.
    /// </summary>
    ContestOpened = 5,

    /// <summary>
    /// A contest is decided. Body: <c>{"by":"administrator"|"platform","reason":"…","turn":n,"upheld":true|false}</c>; an upheld one is
    /// followed by a correction.
    /// </summary>
    ContestDecided = 6,

    /// <summary>The participant consented. Body: <c>{"receipt":"…","ruleSet":"…"}</c>. Always turn 1.</summary>
    Enrolled = 7,

    /// <summary>A handle now names this subject. Body: <c>{"handle":"opaque id","source":"…"}</c>.</summary>
    HandleLinked = 8,

    /// <summary>A handle names this subject no more, by its participant's wish or a newer proof elsewhere. Body as for linked.</summary>
    HandleUnlinked = 9,

    /// <summary>A service may query. Body: <c>{"grant":"…","service":"…","until":"…"|null}</c>.</summary>
    Granted = 10,

    /// <summary>A grant is taken back. Body: <c>{"grant":"…"}</c>.</summary>
    GrantRevoked = 11,

    /// <summary>The participant paused everything. Body: <c>{}</c>.</summary>
    Restricted = 12,

    /// <summary>The participant lifted the pause. Body: <c>{}</c>.</summary>
    RestrictionLifted = 13,

    /// <summary>
    /// The tombstone of a withdrawal, without subject. Body: <c>{"entries":n,"request":"…","signature":"…"}</c>, the request being the
    /// SHA-256 of the access token that asked; <c>"act"</c> in its stead names the public act that ended the programme,
    /// <c>"replayed":true</c> a restored copy that was erased again. The signature is a JWS with detached payload: the body without it,
    /// beside <c>day</c>, <c>kind</c>, <c>partition</c> and <c>position</c>.
    /// </summary>
    Withdrawn = 14,

    /// <summary>Random filling of a log: no body, a leaf that was drawn, declared by <see cref="Padded"/>.</summary>
    Padding = 15,

    /// <summary>
    /// An administrative act, public and without subject, in partition 0. Body:
    /// <c>{"act":"…","at":"…","by":"…","number":n,"words":[…]}</c> with <c>"programme"</c>, <c>"hash"</c> and <c>"details"</c> where the
    /// act has them.
    /// </summary>
    Act = 16,

    /// <summary>The participant consented to a later version. Body as for <see cref="Enrolled"/>.</summary>
    ConsentRenewed = 17,

    /// <summary>
    /// The participant gave new material to a contest, which moves its due day once. Body:
    /// <c>{"dueDay":"…","ground":"…","turn":n}</c>.
    /// </summary>
    ContestExtended = 18,

    /// <summary>
    /// The tombstone of entries past their retention, without subject. Body: <c>{"entries":n,"signature":"…"}</c>, signed likewise.
    /// </summary>
    Expired = 19,

    /// <summary>Says how many rows behind it are <see cref="Padding"/>, without subject. Body: <c>{"entries":n}</c>.</summary>
    Padded = 20,

    /// <summary>The participant made a code by which an auditor may name this subject. Body: <c>{"expiresOn":"…"}</c>.</summary>
    AuditCodeGiven = 21,
}
