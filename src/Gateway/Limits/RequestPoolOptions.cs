using System.ComponentModel.DataAnnotations;

namespace Scoring.Limits;

/// <summary>
/// The maximum numbers of concurrent requests of one client, and of each pool. The pools keep the callers of one role from taking the
/// places of another's. The defaults of the pools, with <see cref="WitnessOptions.AtOnceMax"/>, add up to
/// <see cref="GatewayLimits.RequestsAtOnceMax"/>.
/// </summary>
public sealed class RequestPoolOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Pools";

    /// <summary>The maximum number of concurrent requests of one source or one service. More is 429.</summary>
    [Range(1, 100_000)]
    public int OfOneMachineMax { get; set; } = 256;

    /// <summary>The maximum number of concurrent requests of one participant, auditor or administrator. More is 429.</summary>
    [Range(1, 100_000)]
    public int OfOnePersonMax { get; set; } = 16;

    /// <summary>The maximum number of concurrent requests without a token of one address. More is 429.</summary>
    [Range(1, 100_000)]
    public int OfOneAddressMax { get; set; } = 16;

    /// <summary>The maximum number of concurrent requests of all sources. More is 503.</summary>
    [Range(1, 100_000)]
    public int SourcesMax { get; set; } = 384;

    /// <summary>The maximum number of concurrent requests of all services. More is 503.</summary>
    [Range(1, 100_000)]
    public int ServicesMax { get; set; } = 288;

    /// <summary>The maximum number of concurrent requests of all participants, without streams. More is 503.</summary>
    [Range(1, 100_000)]
    public int ParticipantsMax { get; set; } = 192;

    /// <summary>The maximum number of concurrent requests of all auditors. More is 503.</summary>
    [Range(1, 100_000)]
    public int AuditorsMax { get; set; } = 32;

    /// <summary>The maximum number of concurrent requests of all administrators. More is 503.</summary>
    [Range(1, 100_000)]
    public int AdministratorsMax { get; set; } = 32;

    /// <summary>The maximum number of concurrent public requests, and of those that lack the role of their route. More is 503.</summary>
    [Range(1, 100_000)]
    public int PublicMax { get; set; } = 64;

    /// <summary>The maximum number of concurrent requests for checkpoints and their proofs. More is 503.</summary>
    [Range(1, 100_000)]
    public int ProofsMax { get; set; } = 24;
}
