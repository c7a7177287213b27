using System.CommandLine;
using System.Text.Json.Nodes;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify.Commands;

/// <summary>The options and files that several commands share.</summary>
internal static class CommandInputs
{
    public static Option<string[]> Keys() => new("--key")
    {
        Description = "A verifier key of the platform's checkpoints, from /v1/checkpoints/keys. Repeat it for several.",
    };

    public static Option<string?> ReceiptKeys() => new("--receipt-keys")
    {
        Description = "The file with the platform's receipt keys, from /v1/receipts/keys.",
    };

    public static Option<string?> Held() => new("--held") { Description = "A checkpoint that you have kept, a text file." };

    public static Option<string?> Consistency() => new("--consistency")
    {
        Description = "The proof between the kept checkpoint and the new one, from /v1/checkpoints/consistency?from=&to=.",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of lines of text." };

    public static IReadOnlyList<NoteKey> Read(string[]? keys) => [.. (keys ?? []).Select(NoteKey.Read)];

    /// <summary>Returns the given keys, or the keys in the archive with a note that says so.</summary>
    public static IReadOnlyList<NoteKey> KeysOf(string[]? given, ArchiveReader archive, Findings findings)
    {
        if (given is { Length: > 0 }) return Read(given);
        findings.Note(
            "keys-from-archive",
            "The checkpoint's keys come from the archive itself. Compare checkpoint-keys.txt with what the platform publishes, or "
            + "give --key.");
        return Read(archive.Text("checkpoint-keys.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Returns the receipt keys of the file, or those in the archive with a note that says so.</summary>
    public static ReceiptKeys ReceiptsOf(string? file, ArchiveReader archive, Findings findings)
    {
        if (file is not null) return new ReceiptKeys(JsonNode.Parse(File.ReadAllBytes(file))!.AsObject());
        findings.Note(
            "receipt-keys-from-archive",
            "The receipt keys come from the archive itself. Compare receipt-keys.json with what the platform publishes, or give "
            + "--receipt-keys.");
        return new ReceiptKeys(archive.Parsed<JsonObject>("receipt-keys.json"));
    }

    public static Checkpoint? Note(string? file) => file is null ? null : Checkpoint.Read(File.ReadAllText(file));

    public static ConsistencyFile? Proof(string? file) => file is null ? null : ConsistencyFile.Read(File.ReadAllBytes(file));
}
