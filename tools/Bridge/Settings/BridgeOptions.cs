using System.ComponentModel.DataAnnotations;

namespace Scoring.Bridge.Settings;

/// <summary>Where the bridge takes events from.</summary>
internal enum Origin
{
    /// <summary>The files of a folder.</summary>
    Folder = 1,

    /// <summary>The topics of a Kafka cluster.</summary>
    Kafka = 2,

    /// <summary>The topics of an MQTT broker.</summary>
    Mqtt = 3,
}

/// <summary>How log events are written to standard output.</summary>
internal enum LogForm
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    Json,
}

/// <summary>The bridge as a whole.</summary>
internal sealed class BridgeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bridge";

    /// <summary>Where events come from.</summary>
    [Required]
    public Origin? From { get; set; }

    /// <summary>How long a stop waits for the batches under way, in seconds.</summary>
    [Range(1, 300)]
    public int StopSecondsMax { get; set; } = 20;

    /// <summary>A file that says how the bridge is, written regularly; empty for none.</summary>
    public string HealthFile { get; set; } = "";

    /// <summary>How often the health file is written, in seconds.</summary>
    [Range(1, 3600)]
    public int HealthSeconds { get; set; } = 5;

    /// <summary>The form of what the bridge logs.</summary>
    public LogForm Logs { get; set; } = LogForm.Text;
}

/// <summary>The memory between the origin and the platform. The origin is read on only while there is room.</summary>
internal sealed class BufferOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Buffer";

    /// <summary>How many events wait at most.</summary>
    [Range(1, 1_000_000)]
    public int EventsMax { get; set; } = 10_000;

    /// <summary>How many bytes of events wait at most. A JSON document in a folder may be as long.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public int BytesMax { get; set; } = 64 * 1024 * 1024;
}

/// <summary>The batches that are sent.</summary>
internal sealed class BatchOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Batches";

    /// <summary>How many events a batch holds at most. The platform takes 1000 by default.</summary>
    [Range(1, 10_000)]
    public int EventsMax { get; set; } = 500;

    /// <summary>How many bytes a batch holds at most. The platform takes 1048576 by default. A longer event is a dead letter.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int BytesMax { get; set; } = 1_000_000;

    /// <summary>How many batches are under way at most. One key is never in two of them.</summary>
    [Range(1, 32)]
    public int ParallelMax { get; set; } = 2;

    /// <summary>How long a batch that is not full waits for more events, in milliseconds.</summary>
    [Range(0, 10_000)]
    public int LingerMs { get; set; } = 20;

    /// <summary>The longest wait before a batch is tried again when the platform names no time, in seconds.</summary>
    [Range(1, 3600)]
    public int BackoffSecondsMax { get; set; } = 30;
}

/// <summary>What the platform refuses for good. It is kept on the source's side, and it expires.</summary>
internal sealed class DeadLetterOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "DeadLetters";

    /// <summary>After how many days a dead letter is deleted.</summary>
    [Range(1, 90)]
    public int Days { get; set; } = 14;

    /// <summary>The folder of dead letters from MQTT; required there.</summary>
    public string Folder { get; set; } = "";
}
