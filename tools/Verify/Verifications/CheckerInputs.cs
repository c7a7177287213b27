using System.Text.Json.Nodes;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Verifications;

/// <summary>
/// What the checker brings along: keys, and what was kept. All of it is the content of files, so that it can come from anywhere.
/// </summary>
public sealed record CheckerInputs
{
    /// <summary>Verifier keys of the platform's checkpoints; none to use those in an archive.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The platform's receipt keys, a JSON document; <see langword="null"/> to use those in the archive.</summary>
    public byte[]? ReceiptKeys { get; init; }

    /// <summary>A checkpoint that the checker has kept.</summary>
    public string? Held { get; init; }

    /// <summary>The proof between the kept checkpoint and the new one, a JSON document.</summary>
    public byte[]? Consistency { get; init; }

    /// <summary>An earlier archive of the same history.</summary>
    public Stream? Earlier { get; init; }

    /// <summary>The references of queries that must be in the history.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Verifier keys of witnesses.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];

    /// <summary>How many of the witnesses must have cosigned the checkpoint.</summary>
    public int WitnessesMin { get; init; }

    /// <summary>Reads the kept checkpoint.</summary>
    internal Checkpoint? ReadHeld() => Held is null ? null : Checkpoint.Read(Held);

    /// <summary>Reads the proof.</summary>
    internal ConsistencyFile? ReadConsistency() => Consistency is null ? null : ConsistencyFile.Read(Consistency);

    /// <summary>Reads the given keys.</summary>
    internal IReadOnlyList<NoteKey> ReadKeys() => [.. Keys.Select(NoteKey.Read)];

    /// <summary>Reads the given keys, or the keys in the archive with a note that says so.</summary>
    internal IReadOnlyList<NoteKey> ReadKeys(ArchiveReader archive, Findings findings)
    {
        if (Keys.Count > 0) return ReadKeys();
        findings.Note(
            "keys-from-archive",
            "The checkpoint's keys come from the archive itself. Compare checkpoint-keys.txt with what the platform publishes, or "
            + "give --key.");
        return [.. archive.Text("checkpoint-keys.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(NoteKey.Read)];
    }

    /// <summary>Reads the given receipt keys, or those in the archive with a note that says so.</summary>
    internal ReceiptKeys ReadReceiptKeys(ArchiveReader archive, Findings findings)
    {
        if (ReceiptKeys is not null) return new ReceiptKeys(JsonNode.Parse(ReceiptKeys)!.AsObject());
        findings.Note(
            "receipt-keys-from-archive",
            "The receipt keys come from the archive itself. Compare receipt-keys.json with what the platform publishes, or give "
            + "--receipt-keys.");
        return new ReceiptKeys(archive.Parsed<JsonObject>("receipt-keys.json"));
    }
}
