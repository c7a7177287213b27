using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Reports;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Verifications;

/// <summary>Checks administrators' actions, as <c>/v1/audit/proofs</c> returns them.</summary>
public static class RecordVerification
{
    /// <summary>Checks a record.</summary>
    /// <exception cref="UnreadableException">An input cannot be read, so there is no verdict.</exception>
    public static void Run(ReadOnlyMemory<byte> json, CheckerInputs inputs, Findings findings)
    {
        var keys = inputs.ReadKeys();
        using var record = JsonDocument.Parse(json);
        var checkpoint = Checkpoint.Read(record.RootElement.GetProperty("note").GetString()!);
        ChainCheck.Run(checkpoint, keys, [], 0, findings);
        if (inputs.ReadHeld() is { } held) ChainCheck.Compare(checkpoint, held, inputs.ReadConsistency(), keys, null, findings);
        CheckActions(record.RootElement.GetProperty("acts"), checkpoint.Logs[0], findings);
    }

    private static void CheckActions(JsonElement actions, TreeHead log, Findings findings)
    {
        var proven = 0;
        var newer = 0;
        foreach (var action in actions.EnumerateArray())
        {
            var number = action.GetProperty("number").GetInt64();
            var position = action.GetProperty("position").GetInt64();
            var body = action.GetProperty("body").GetString()!;
            var leaf = Convert.FromHexString(action.GetProperty("leaf").GetString()!);
            var day = IsoDay.Parse(action.GetProperty("day").GetString()!);
            var own = EntryRow.LeafOf(new byte[32], EntryKinds.Act, day, new byte[16], Encoding.UTF8.GetBytes(body), 0, 0, position, 0);
            if (!own.AsSpan().SequenceEqual(leaf) || (long?)JsonNode.Parse(body)!["number"] != number)
            {
                findings.Fail("act-changed", $"Action {number} does not have the hash that it claims: something in it was changed.");
                continue;
            }
            if (position > log.Size) newer++;
            else if (Rfc9162.Includes(leaf, position - 1, log.Size, Path(action), log.Root)) proven++;
            else findings.Fail("proof-wrong", $"Action {number} is not what was sealed at its position: it was changed or inserted later.");
        }
        if (findings.Failed("act-changed") + findings.Failed("proof-wrong") == 0)
            findings.Pass("acts", $"{proven} actions are in the sealed log, each at its position.");
        if (newer > 0) findings.Note("newer", $"{newer} actions are newer than the checkpoint and not sealed yet.");
    }

    private static IReadOnlyList<byte[]> Path(JsonElement action) => action.GetProperty("path") is { ValueKind: JsonValueKind.Array } path
        ? [.. path.EnumerateArray().Select(node => Convert.FromHexString(node.GetString()!))]
        : [];
}
