using System.ComponentModel.DataAnnotations;
using Scoring.Keys;

namespace Scoring.Checkpoints;

/// <summary>Options of checkpoints: when the logs are sealed, and which witnesses' cosignatures are stored.</summary>
public sealed class CheckpointOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Checkpoints";

    /// <summary>
    /// The log's name in every checkpoint, and the name of its key: a host and a path of the operator's, without a scheme. It must never
    /// change. Default <c>scoring.local/ledger</c>.
    /// </summary>
    [Required, RegularExpression("^[a-z0-9.-]{1,120}(/[a-z0-9-]{1,60}){0,3}$")]
    public string Origin { get; set; } = "scoring.local/ledger";

    /// <summary>Seconds between checkpoints, at multiples of it in Unix time (UTC). Default 3600; 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int IntervalSeconds { get; set; } = 3600;

    /// <summary>Seconds between two searches for full tiles. Default 10; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int TileSeconds { get; set; } = 10;

    /// <summary>Greatest number of tiles of 256 leaves that one transaction makes. Default 64; 1 to 4096.</summary>
    [Range(1, 4096)]
    public int TilesAtOnceMax { get; set; } = 64;

    /// <summary>Public verifier keys that signed earlier checkpoints, in the form of C2SP signed-note. At most 32.</summary>
    [MaxLength(32)]
    public IList<string> FormerKeys { get; } = [];

    /// <summary>Verifier keys of the witnesses whose cosignatures are stored, in the form of C2SP signed-note. At most 32.</summary>
    [MaxLength(32)]
    public IList<string> Witnesses { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (keys, type, name) in ((IList<string>, byte, string)[])[
            (FormerKeys, VerifierKey.Signs, nameof(FormerKeys)), (Witnesses, VerifierKey.Cosigns, nameof(Witnesses))])
        {
            if (keys.Any(key => !VerifierKey.TryParse(key, out var parsed) || parsed.Type != type))
                yield return new ValidationResult($"{name} holds a value that is no verifier key of the right type.", [name]);
        }
    }
}
