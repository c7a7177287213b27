using System.Globalization;
using System.Text.RegularExpressions;
using Scoring.Client;
using Scoring.Languages;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Audit;

/// <summary>Reads the fields of a form by which an auditor names a history, and what is wrong with them.</summary>
/// <param name="form">The fields.</param>
/// <param name="texts">The texts.</param>
/// <param name="faults">Receives the faults: the field's id, and a sentence.</param>
internal sealed partial class LookFields(FormValues form, Texts texts, List<(string Field, string Text)> faults)
{
    /// <summary>The field with the day on which the form was shown.</summary>
    public const string Day = "day";

    /// <summary>The fields that name a history, in the order in which they are asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["by", "name", "pick", "as-of", "as-of-value"];

    /// <summary>The words for the ways in which a subject is named.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["code", "reference", "contest", "draw"];

    /// <summary>The words for the states that can be asked for.</summary>
    public static IReadOnlyList<string> States { get; } = ["now", "turn", "day", "checkpoint"];

    /// <summary>Returns the name of the subject, or <see langword="null"/> when something is wrong.</summary>
    public NamedSubject? Subject()
    {
        var name = form.Text("name");
        if (!OpaqueName().IsMatch(name)) faults.Add(("name", texts["history.fault-name"]));
        var pick = form.Text("by") == "draw" ? Number(form.Text("pick"), int.MaxValue) : null;
        if (form.Text("by") == "draw" && pick is null) faults.Add(("pick", texts["history.fault-pick"]));
        if (!Ways.Contains(form.Text("by"))) faults.Add(("by", texts["history.fault-by"]));
        if (faults.Count > 0) return null;
        return form.Text("by") switch
        {
            "code" => new NamedSubject(AuditCode: name),
            "reference" => new NamedSubject(Reference: name),
            "contest" => new NamedSubject(Contest: name),
            _ => new NamedSubject(Draw: name, Pick: (int)pick!.Value),
        };
    }

    /// <summary>Returns what is asked for, or <see langword="null"/> when something is wrong.</summary>
    /// <param name="caseName">The case.</param>
    public HistoryRequest? Request(string caseName)
    {
        var subject = Subject();
        var asOf = State();
        return subject is null || faults.Count > 0 ? null : new HistoryRequest(caseName, subject, asOf);
    }

    /// <summary>
    /// Tells whether the form was shown on this day of a programme. The same look on the same day is one entry, so that a page that is
    /// reloaded, or asked for its next part, adds none. On another day it would be another look, which the auditor has to ask for.
    /// </summary>
    /// <param name="form">The fields.</param>
    /// <param name="client">Asks for the day: a kept document is some seconds behind at midnight.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<bool> IsOfToday(
        FormValues form, ScoringClient client, string programme, CancellationToken cancellationToken)
    {
        var document = await client.As((string?)null).Programmes.Find(programme, cancellationToken);
        return form.Text(Day) == ProgrammeDays.Format(document.Today);
    }

    /// <summary>Returns a whole number from 1, or <see langword="null"/>.</summary>
    public static long? Number(string text, long max = long.MaxValue) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max ? number : null;

    private AsOf? State()
    {
        var value = form.Text("as-of-value");
        var number = Number(value);
        var day = ProgrammeDays.Parse(value);
        switch (form.Text("as-of"))
        {
            case "turn" or "checkpoint" when number is null:
                faults.Add(("as-of-value", texts["history.fault-number"]));
                return null;
            case "day" when day is null:
                faults.Add(("as-of-value", texts["history.fault-day"]));
                return null;
            case "turn": return new AsOf(Turn: number);
            case "checkpoint": return new AsOf(Checkpoint: number);
            case "day": return new AsOf(Day: day);
            default: return null;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22}\z")]
    private static partial Regex OpaqueName();
}
