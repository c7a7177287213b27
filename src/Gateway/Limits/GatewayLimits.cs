using System.ComponentModel.DataAnnotations;

namespace Scoring.Limits;

/// <summary>Every limit of the HTTP face, in the configuration section <c>Gateway:Limits</c>. Checked when the process starts.</summary>
public sealed class GatewayLimits
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Limits";

    /// <summary>The longest body of events, in bytes. More is 413.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>The longest body of any other request, in bytes. More is 413.</summary>
    [Range(1024, 1024 * 1024)]
    public int SmallBodyBytesMax { get; set; } = 64 * 1024;

    /// <summary>The longest body of an administrator's document, in bytes. More is 413.</summary>
    [Range(1024, 1024 * 1024)]
    public int AdminBodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>How deep the JSON of an administrator's document may nest; conditions alone take up to 16 levels.</summary>
    [Range(24, 64)]
    public int AdminJsonDepthMax { get; set; } = 32;

    /// <summary>The most events in one batch. More is 413.</summary>
    [Range(1, 10_000)]
    public int BatchEventsMax { get; set; } = 1000;

    /// <summary>How deep the JSON of events may nest.</summary>
    [Range(3, 64)]
    public int JsonDepthMax { get; set; } = 8;

    /// <summary>How many faults one answer names; the others are counted.</summary>
    [Range(1, 10_000)]
    public int ErrorsMax { get; set; } = 100;

    /// <summary>The longest id of an event, in bytes of UTF-8.</summary>
    [Range(1, 4096)]
    public int EventIdBytesMax { get; set; } = 256;

    /// <summary>The longest value of any other attribute of a CloudEvent, in bytes as sent.</summary>
    [Range(64, 65_536)]
    public int AttributeBytesMax { get; set; } = 2048;

    /// <summary>The most extension attributes on one event.</summary>
    [Range(0, 256)]
    public int ExtensionsMax { get; set; } = 32;

    /// <summary>The most handle proofs in one enrolment.</summary>
    [Range(1, 64)]
    public int HandleProofsMax { get; set; } = 16;

    /// <summary>The longest handle proof, in characters.</summary>
    [Range(256, 16_384)]
    public int HandleProofCharsMax { get; set; } = 4096;

    /// <summary>How many entries a page of history, or acts a page of a record, holds when the request does not say.</summary>
    [Range(1, 500)]
    public int HistoryCountDefault { get; set; } = 100;

    /// <summary>How many looks a page holds when the request does not say.</summary>
    [Range(1, 100)]
    public int LooksCountDefault { get; set; } = 50;

    /// <summary>How many notices a page holds when the request does not say.</summary>
    [Range(1, 100)]
    public int NoticesCountDefault { get; set; } = 50;

    /// <summary>After how many seconds without a notice a stream of notices shows that it lives.</summary>
    [Range(1, 60)]
    public double NoticeHeartbeatSeconds { get; set; } = 15;

    /// <summary>How long a stream of notices lasts, in seconds. Then it ends, and the client goes on where it stopped.</summary>
    [Range(1, 86_400)]
    public double NoticeSecondsMax { get; set; } = 900;

    /// <summary>After how many milliseconds a client is told to come again when its stream has ended.</summary>
    [Range(100, 60_000)]
    public int NoticeRetryMs { get; set; } = 2000;

    /// <summary>How many streams of notices a participant has at once. More is 429.</summary>
    [Range(1, 64)]
    public int NoticeStreamsPerParticipantMax { get; set; } = 4;

    /// <summary>How many streams of notices there are at once, over all participants. More is 503.</summary>
    [Range(1, 100_000)]
    public int NoticeStreamsMax { get; set; } = 1000;

    /// <summary>All request headers together, in bytes. More is 431.</summary>
    [Range(1024, 1024 * 1024)]
    public int HeaderBytesMax { get; set; } = 16 * 1024;

    /// <summary>How many request headers. More is 431.</summary>
    [Range(16, 1000)]
    public int HeadersMax { get; set; } = 64;

    /// <summary>The request line, in bytes. More is 414.</summary>
    [Range(256, 64 * 1024)]
    public int RequestLineBytesMax { get; set; } = 4096;

    /// <summary>The slowest body, in bytes a second. Slower is 408.</summary>
    [Range(1, 1_000_000)]
    public double BodyBytesPerSecondMin { get; set; } = 240;

    /// <summary>How long a body may be slower than that, in seconds.</summary>
    [Range(2, 60)]
    public double BodyGraceSeconds { get; set; } = 5;

    /// <summary>How long the headers of a request may take, in seconds. Longer is 408.</summary>
    [Range(1, 120)]
    public double HeaderSecondsMax { get; set; } = 10;

    /// <summary>How long a request may take, in seconds. Longer is 503, or 408 when it is the body that is missing.</summary>
    [Range(1, 300)]
    public double RequestSecondsMax { get; set; } = 15;

    /// <summary>How long a withdrawal may take, in seconds. Longer is 503, and asking again goes on.</summary>
    [Range(1, 3600)]
    public double WithdrawalSecondsMax { get; set; } = 120;

    /// <summary>How long an archive may take, in seconds, all of its sending included. Longer, and the connection is aborted.</summary>
    [Range(1, 86_400)]
    public double ExportSecondsMax { get; set; } = 1800;

    /// <summary>How many archives this process makes at once. More is 503.</summary>
    [Range(1, 1000)]
    public int ExportsAtOnceMax { get; set; } = 8;

    /// <summary>How many archives this process makes at once for one participant. More is 429.</summary>
    [Range(1, 32)]
    public int ExportsAtOnceOfOneMax { get; set; } = 1;

    /// <summary>How many requests a client makes a second, in the long run. More is 429.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>How many requests a client makes at once before the rate counts.</summary>
    [Range(1, 1_000_000)]
    public int RequestsBurst { get; set; } = 1000;

    /// <summary>How many requests are in the works at once, over all clients. More is 503.</summary>
    [Range(1, 100_000)]
    public int RequestsAtOnceMax { get; set; } = 1024;

    /// <summary>What a client is told to wait when nothing better is known, in seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;

    /// <summary>The period on which answers to sources leave, in milliseconds.</summary>
    [Range(1, 1000)]
    public int EventsTickMs { get; set; } = 25;

    /// <summary>The period on which answers to services leave, in milliseconds.</summary>
    [Range(1, 1000)]
    public int ScoresTickMs { get; set; } = 50;

    /// <summary>How often the catalogue is read anew, in seconds.</summary>
    [Range(1, 600)]
    public int CatalogueSeconds { get; set; } = 30;

    /// <summary>How often at most an unknown name makes it be read before its time, in seconds.</summary>
    [Range(0.05, 600)]
    public double CatalogueMissSeconds { get; set; } = 2;

    /// <summary>How long reading the catalogue may take, in seconds, before it is tried anew.</summary>
    [Range(1, 60)]
    public int CatalogueReadSecondsMax { get; set; } = 5;

    /// <summary>Older than this, in seconds, the catalogue makes the gateway unready.</summary>
    [Range(1, 3600)]
    public int CatalogueAgeSecondsMax { get; set; } = 120;
}
