using System.Collections.Concurrent;

namespace Scoring.Enrolments;

/// <summary>A handle proof that a source has given a person who is about to join.</summary>
/// <param name="Source">The source's id.</param>
/// <param name="Proof">The proof, a compact JWS.</param>
public sealed record GatheredProof(string Source, string Proof);

/// <summary>What a person has linked on the way to joining, by programme. It ends with the session.</summary>
internal sealed class JoinDrafts
{
    /// <summary>The most proofs of an enrolment, as the API takes them.</summary>
    public const int ProofsMax = 16;

    private readonly ConcurrentDictionary<string, IReadOnlyList<GatheredProof>> _proofs = new(StringComparer.Ordinal);

    /// <summary>Returns the proofs gathered for a programme, the oldest first.</summary>
    public IReadOnlyList<GatheredProof> Of(string programme) => _proofs.GetValueOrDefault(programme, []);

    /// <summary>Adds a proof. At the maximum the oldest goes.</summary>
    public void Add(string programme, string source, string proof) => _proofs.AddOrUpdate(
        programme, _ => [new GatheredProof(source, proof)],
        (_, earlier) => [.. earlier.TakeLast(ProofsMax - 1), new GatheredProof(source, proof)]);

    /// <summary>Forgets the proofs of a programme.</summary>
    public void Clear(string programme) => _proofs.TryRemove(programme, out _);
}
