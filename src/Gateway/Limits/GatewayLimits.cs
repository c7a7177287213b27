using System.ComponentModel.DataAnnotations;

namespace Scoring.Limits;

/// <summary>The limits of the HTTP API, in the configuration section <c>Gateway:Limits</c>. They are validated at start.</summary>
public sealed partial class GatewayLimits
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Limits";

    /// <summary>The maximum body of a request with events, in bytes. A longer one is 413.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>The maximum body of any other request, in bytes. A longer one is 413.</summary>
    [Range(1024, 1024 * 1024)]
    public int SmallBodyBytesMax { get; set; } = 64 * 1024;

    /// <summary>The maximum body of an administrator's document, in bytes. A longer one is 413.</summary>
    [Range(1024, 1024 * 1024)]
    public int AdminBodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>
    /// The maximum nesting of an administrator's JSON document, in levels. Conditions alone may have 16. A deeper one is 400.
    /// </summary>
    [Range(24, 64)]
    public int AdminJsonDepthMax { get; set; } = 32;

    /// <summary>The maximum number of made-up events that the workbench scores at once. More is 400.</summary>
    [Range(1, 2000)]
    public int WorkbenchEventsMax { get; set; } = 500;

    /// <summary>The maximum number of days whose scores the workbench computes at once. More is 400.</summary>
    [Range(1, 730)]
    public int WorkbenchDaysMax { get; set; } = 400;

    /// <summary>The maximum number of events in one batch. More is 413.</summary>
    [Range(1, 10_000)]
    public int BatchEventsMax { get; set; } = 1000;

    /// <summary>The maximum nesting of an event's JSON, in levels. A deeper one is 400.</summary>
    [Range(3, 64)]
    public int JsonDepthMax { get; set; } = 8;

    /// <summary>The maximum number of errors that one answer lists. Further ones are only counted.</summary>
    [Range(1, 10_000)]
    public int ErrorsMax { get; set; } = 100;

    /// <summary>The maximum length of an event's id, in bytes of UTF-8. A longer one is 400.</summary>
    [Range(1, 4096)]
    public int EventIdBytesMax { get; set; } = 256;

    /// <summary>The maximum length of any other attribute's value of a CloudEvent, in bytes as sent. A longer one is 400.</summary>
    [Range(64, 65_536)]
    public int AttributeBytesMax { get; set; } = 2048;

    /// <summary>The maximum number of extension attributes on one event. More is 400.</summary>
    [Range(0, 256)]
    public int ExtensionsMax { get; set; } = 32;

    /// <summary>The maximum number of handle proofs in one request. More is 400.</summary>
    [Range(1, 64)]
    public int HandleProofsMax { get; set; } = 16;

    /// <summary>The maximum length of a handle proof, in characters. A longer one is 400.</summary>
    [Range(256, 16_384)]
    public int HandleProofCharsMax { get; set; } = 4096;

    /// <summary>How many entries a page of history, or acts a page of a record, holds when the request has no <c>count</c>.</summary>
    [Range(1, 500)]
    public int HistoryCountDefault { get; set; } = 100;

    /// <summary>How many accesses a page holds when the request has no <c>count</c>.</summary>
    [Range(1, 100)]
    public int LooksCountDefault { get; set; } = 50;

    /// <summary>How many notices a page holds when the request has no <c>count</c>.</summary>
    [Range(1, 100)]
    public int NoticesCountDefault { get; set; } = 50;

    /// <summary>After how many seconds without a notice a stream of notices sends a heartbeat.</summary>
    [Range(1, 60)]
    public double NoticeHeartbeatSeconds { get; set; } = 15;

    /// <summary>
    /// The maximum duration of a stream of notices, in seconds. The client then reconnects and continues where it stopped.
    /// </summary>
    [Range(1, 86_400)]
    public double NoticeSecondsMax { get; set; } = 900;

    /// <summary>After how many milliseconds a client reconnects when its stream of notices has ended.</summary>
    [Range(100, 60_000)]
    public int NoticeRetryMs { get; set; } = 2000;

    /// <summary>The maximum number of open streams of notices of one participant. More is 429.</summary>
    [Range(1, 64)]
    public int NoticeStreamsPerParticipantMax { get; set; } = 4;

    /// <summary>The maximum number of open streams of notices of all participants. More is 503.</summary>
    [Range(1, 100_000)]
    public int NoticeStreamsMax { get; set; } = 1000;

    /// <summary>The maximum length of all request headers together, in bytes. More is 431.</summary>
    [Range(1024, 1024 * 1024)]
    public int HeaderBytesMax { get; set; } = 16 * 1024;

    /// <summary>The maximum number of request headers. More is 431.</summary>
    [Range(16, 1000)]
    public int HeadersMax { get; set; } = 64;

    /// <summary>The maximum length of the request line, in bytes. A longer one is 414.</summary>
    [Range(256, 64 * 1024)]
    public int RequestLineBytesMax { get; set; } = 4096;

    /// <summary>The minimum rate at which a body arrives, in bytes a second. A slower one is 408.</summary>
    [Range(1, 1_000_000)]
    public double BodyBytesPerSecondMin { get; set; } = 240;

    /// <summary>How long a body may be slower than the minimum rate, in seconds.</summary>
    [Range(2, 60)]
    public double BodyGraceSeconds { get; set; } = 5;

    /// <summary>The maximum time for the headers of a request to arrive, in seconds. Longer is 408.</summary>
    [Range(1, 120)]
    public double HeaderSecondsMax { get; set; } = 10;

    /// <summary>The maximum duration of a request, in seconds. Longer is 503, or 408 while its body has not arrived.</summary>
    [Range(1, 300)]
    public double RequestSecondsMax { get; set; } = 15;

    /// <summary>
    /// For how many milliseconds a call that may be repeated has no answer before it is sent to another silo. It waits longer when the
    /// cluster's answers usually take long.
    /// </summary>
    [Range(50, 60_000)]
    public int CallWaitMs { get; set; } = 1500;

    /// <summary>How often a call that may be repeated is sent. With 1 it is not repeated.</summary>
    [Range(1, 10)]
    public int CallAttemptsMax { get; set; } = 3;

    /// <summary>The maximum duration of a withdrawal, in seconds. Longer is 503, and a repeated request continues it.</summary>
    [Range(1, 3600)]
    public double WithdrawalSecondsMax { get; set; } = 120;

    /// <summary>The maximum time to make and send an archive, in seconds. When it takes longer, the connection is aborted.</summary>
    [Range(1, 86_400)]
    public double ExportSecondsMax { get; set; } = 1800;

    /// <summary>The maximum number of participants' archives that this process makes concurrently. More is 503.</summary>
    [Range(1, 1000)]
    public int ExportsAtOnceMax { get; set; } = 8;

    /// <summary>The maximum number of auditors' archives that this process makes concurrently. More is 503.</summary>
    [Range(1, 1000)]
    public int AuditArchivesAtOnceMax { get; set; } = 4;

    /// <summary>
    /// The maximum number of archives that this process makes concurrently for one participant, or for one case of an auditor. More is 429.
    /// </summary>
    [Range(1, 32)]
    public int ExportsAtOnceOfOneMax { get; set; } = 1;

    /// <summary>The maximum number of requests that a client makes a second on average. More is 429.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>How many requests a client may make in a burst before the rate applies.</summary>
    [Range(1, 1_000_000)]
    public int RequestsBurst { get; set; } = 1000;

    /// <summary>The maximum number of concurrent requests of all clients. More is 503.</summary>
    [Range(1, 100_000)]
    public int RequestsAtOnceMax { get; set; } = 1024;

    /// <summary>The default of <c>Retry-After</c>, in seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
