using System.ComponentModel.DataAnnotations;

namespace Scoring.Limits;

/// <summary>The limits of the one public route that takes a body: witnesses' cosignatures.</summary>
public sealed class WitnessOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Witnesses";

    /// <summary>The maximum body of a request of a witness, in bytes. A longer one is 413.</summary>
    [Range(512, 64 * 1024)]
    public int BodyBytesMax { get; set; } = 4096;

    /// <summary>The maximum time for that body to arrive, in seconds. Longer is 408.</summary>
    [Range(0.5, 60)]
    public double BodySecondsMax { get; set; } = 3;

    /// <summary>The maximum number of concurrent requests of one witness. More is 429.</summary>
    [Range(1, 1000)]
    public int AtOnceOfOneMax { get; set; } = 2;

    /// <summary>The maximum number of concurrent requests of all witnesses. More is 503.</summary>
    [Range(1, 100_000)]
    public int AtOnceMax { get; set; } = 8;
}
