using System.CommandLine;
using Scoring.Verify.Reports;
using Scoring.Verify.Verifications;

namespace Scoring.Verify.Commands;

/// <summary>The options that several commands share, and how a command ends.</summary>
internal sealed class CommandInputs(TextWriter output, TextWriter errors)
{
    public Option<string[]> Keys { get; } = new("--key")
    {
        Description = "A verifier key of the platform's checkpoints, from /v1/checkpoints/keys. Repeat it for several.",
    };

    private readonly Option<string?> _receiptKeys = new("--receipt-keys")
    {
        Description = "The file with the platform's receipt keys, from /v1/receipts/keys.",
    };

    private readonly Option<string?> _held = new("--held") { Description = "A checkpoint that you have kept, a text file." };

    private readonly Option<string?> _consistency = new("--consistency")
    {
        Description = "The proof between the kept checkpoint and the new one, from /v1/checkpoints/consistency?from=&to=.",
    };

    private readonly Option<string> _language = new("--language")
    {
        Description = "The language of the report.", DefaultValueFactory = _ => SentenceWords.English.Tag,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document instead of lines of text." };

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command, bool withReceiptKeys)
    {
        command.Add(Keys);
        if (withReceiptKeys) command.Add(_receiptKeys);
        command.Add(_held);
        command.Add(_consistency);
        command.Add(_language.AcceptOnlyFromAmong([.. SentenceWords.Tags]));
        command.Add(_json);
    }

    /// <summary>Reads the files that the options name.</summary>
    public CheckerInputs Read(ParseResult parsed) => new()
    {
        Keys = parsed.GetValue(Keys) ?? [],
        ReceiptKeys = parsed.GetValue(_receiptKeys) is { } receiptKeys ? File.ReadAllBytes(receiptKeys) : null,
        Held = parsed.GetValue(_held) is { } held ? File.ReadAllText(held) : null,
        Consistency = parsed.GetValue(_consistency) is { } consistency ? File.ReadAllBytes(consistency) : null,
    };

    /// <summary>Runs the checks and writes the report. Returns the exit code.</summary>
    public int Report(ParseResult parsed, Action<Findings> check)
    {
        var report = Verification.Run(check);
        var language = SentenceWords.Of(parsed.GetValue(_language));
        if (report.Unreadable is { } reason)
        {
            errors.WriteLine(reason.In(language));
            return VerifyCommands.Unreadable;
        }
        output.WriteLine(parsed.GetValue(_json) ? report.ToJson(language) : report.ToText(language));
        return report.Findings.IsAccepted ? 0 : 1;
    }
}
