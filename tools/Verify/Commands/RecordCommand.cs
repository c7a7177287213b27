using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Commands;

/// <summary><c>record</c>: what administrators did, as <c>/v1/audit/proofs</c> tells it.</summary>
internal static class RecordCommand
{
    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "The answer of /v1/audit/proofs, a JSON file." };
        var (keys, held, consistency, json) = (CommandInputs.Keys(), CommandInputs.Held(), CommandInputs.Consistency(), CommandInputs.Json());
        keys.Required = true;
        var command = new Command("record", "Checks that each act of a programme's record is what was sealed.")
            { file, keys, held, consistency, json };
        command.SetAction(parsed =>
        {
            var findings = new Findings();
            var own = CommandInputs.Read(parsed.GetValue(keys));
            using var record = JsonDocument.Parse(File.ReadAllBytes(parsed.GetValue(file)!));
            var checkpoint = Checkpoint.Read(record.RootElement.GetProperty("note").GetString()!);
            ChainCheck.Run(checkpoint, own, [], 0, findings);
            if (CommandInputs.Note(parsed.GetValue(held)) is { } before)
                ChainCheck.Compare(checkpoint, before, CommandInputs.Proof(parsed.GetValue(consistency)), own, null, findings);
            CheckActions(record.RootElement.GetProperty("acts"), checkpoint.Logs[0], findings);
            return FindingsReport.Write(findings, parsed.GetValue(json), output);
        });
        return command;
    }

    private static void CheckActions(JsonElement acts, TreeHead log, Findings findings)
    {
        var (proven, newer) = (0, 0);
        foreach (var act in acts.EnumerateArray())
        {
            var (number, position) = (act.GetProperty("number").GetInt64(), act.GetProperty("position").GetInt64());
            var (body, leaf) = (act.GetProperty("body").GetString()!, Convert.FromHexString(act.GetProperty("leaf").GetString()!));
            var own = EntryRow.LeafOf(
                new byte[32], EntryKinds.Act, IsoDay.Parse(act.GetProperty("day").GetString()!), new byte[16], Encoding.UTF8.GetBytes(body), 0,
                0,
                position, 0);
            if (!own.AsSpan().SequenceEqual(leaf) || (long?)JsonNode.Parse(body)!["number"] != number)
            {
                findings.Fail("act-changed", $"Act {number} does not have the hash that it claims: something in it was changed.");
                continue;
            }
            if (position > log.Size) newer++;
            else if (Rfc9162.Includes(leaf, position - 1, log.Size, Path(act), log.Root)) proven++;
            else findings.Fail("proof-wrong", $"Act {number} is not what was sealed at its place: it was changed or put in afterwards.");
        }
        if (findings.Failed("act-changed") + findings.Failed("proof-wrong") == 0)
            findings.Pass("acts", $"{proven} acts are in the sealed log, each at its place.");
        if (newer > 0) findings.Note("newer", $"{newer} acts are newer than the checkpoint and not sealed yet.");
    }

    private static IReadOnlyList<byte[]> Path(JsonElement act) => act.GetProperty("path") is { ValueKind: JsonValueKind.Array } path
        ? [.. path.EnumerateArray().Select(node => Convert.FromHexString(node.GetString()!))]
        : [];
}
