using System.Globalization;
using Scoring.Client;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Editing;

/// <summary>Reads the lines of the workbench from the form, and adds and removes lines.</summary>
internal static class WorkbenchForm
{
    private const int LineDays = 60;

    /// <summary>Returns the fields of the workbench.</summary>
    /// <param name="form">The fields of the form.</param>
    /// <param name="action">The button that was pressed.</param>
    /// <param name="types">The event types.</param>
    /// <param name="today">The current day.</param>
    /// <param name="added">The line that was added; otherwise <see langword="null"/>.</param>
    public static DraftFields Of(
        FormValues form, string action, IReadOnlyList<EventType> types, DateOnly today, out string? added)
    {
        added = null;
        var fields = new DraftFields();
        const string Remove = $"remove:{MadeUpHistory.Lines}.";
        var removed = action.StartsWith(Remove, StringComparison.Ordinal) ? action["remove:".Length..] + "." : null;
        foreach (var (name, values) in form.All())
        {
            if (name != "bench-to" && !name.StartsWith(MadeUpHistory.Lines + ".", StringComparison.Ordinal)) continue;
            if (removed is not null && name.StartsWith(removed, StringComparison.Ordinal)) continue;
            fields.Add(name, values.ToString());
        }
        if (action != $"add:{MadeUpHistory.Lines}" || types.Count == 0) return fields;
        var next = fields.Indexes(MadeUpHistory.Lines).DefaultIfEmpty(-1).Max() + 1;
        added = string.Create(CultureInfo.InvariantCulture, $"{MadeUpHistory.Lines}.{next}");
        var taken = form.All().Where(field => field.Key == "programme.eventTypes").SelectMany(field => field.Value).ToArray();
        fields.Add($"{added}.type", (types.FirstOrDefault(type => taken.Contains(type.Name)) ?? types[0]).Name);
        fields.Add($"{added}.pattern", "weekdays");
        fields.Add($"{added}.times", "10");
        fields.Add($"{added}.from", ProgrammeDays.Format(today.AddDays(-LineDays)));
        fields.Add($"{added}.until", ProgrammeDays.Format(today));
        return fields;
    }
}
