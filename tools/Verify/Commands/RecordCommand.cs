using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Archives;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Scores;

namespace Scoring.Verify.Commands;

/// <summary>The command <c>record</c>: checks administrators' actions, as <c>/v1/audit/proofs</c> returns them.</summary>
internal static class RecordCommand
{
    public static Command Build(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "The answer of /v1/audit/proofs, a JSON file." };
        var keys = CommandInputs.Keys();
        keys.Required = true;
        var held = CommandInputs.Held();
        var consistency = CommandInputs.Consistency();
        var json = CommandInputs.Json();
        var command = new Command("record", "Check that each action in a programme's record is what was sealed.")
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
