using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Programmes;

namespace Scoring.Editing;

/// <summary>
/// Makes the events of the workbench from lines of a form: an event type, how often, from when to when, and its attributes.
/// </summary>
internal static class MadeUpHistory
{
    /// <summary>The name of the lines.</summary>
    public const string Lines = "bench";

    /// <summary>The most lines.</summary>
    public const int LinesMax = 12;

    /// <summary>How often an event may happen.</summary>
    public static readonly string[] Patterns = ["once", "daily", "weekdays", "weekly", "times"];

    private const int EventsMax = 500; // as the platform's
    private const int DaysMax = 400;
    private const int TimesMax = 50;
    private const int TailDays = 120;

    /// <summary>Returns the history of the lines; <see langword="null"/> when there is none.</summary>
    /// <param name="fields">The fields of the form.</param>
    /// <param name="types">The event types.</param>
    public static (DateOnly From, DateOnly To, IReadOnlyList<WhatIfRequest> Events, bool IsCut)? Read(
        DraftFields fields, IReadOnlyList<EventType> types)
    {
        var lines = fields.Indexes(Lines).Take(LinesMax).Select(index => Line(fields, $"{Lines}.{index}", types));
        var events = lines.SelectMany(line => line ?? []).OrderBy(made => made.Day).ToArray();
        if (events.Length == 0) return null;
        var from = events[0].Day!.Value;
        var kept = events.TakeWhile(made => made.Day!.Value.DayNumber - from.DayNumber < DaysMax).Take(EventsMax).ToArray();
        var last = kept[^1].Day!.Value.DayNumber;
        var asked = ProgrammeDays.Parse(fields.Text("bench-to"))?.DayNumber ?? last + TailDays;
        var most = Math.Min(from.DayNumber + DaysMax - 1, DateOnly.MaxValue.DayNumber);
        var to = DateOnly.FromDayNumber(Math.Clamp(asked, last, most));
        return (from, to, kept, kept.Length < events.Length);
    }

    private static List<WhatIfRequest>? Line(DraftFields fields, string name, IReadOnlyList<EventType> types)
    {
        if (types.FirstOrDefault(type => type.Name == fields.Text($"{name}.type")) is not { } type) return null;
        if (ProgrammeDays.Parse(fields.Text($"{name}.from")) is not { } from) return null;
        var until = ProgrammeDays.Parse(fields.Text($"{name}.until")) is { } last && last >= from ? last : from;
        var isNumber = int.TryParse(fields.Text($"{name}.times"), CultureInfo.InvariantCulture, out var typed);
        var times = isNumber ? Math.Clamp(typed, 1, TimesMax) : 1;
        var data = Data(fields, name, type);
        return [.. Days(fields.Text($"{name}.pattern"), from, until, times).Take(EventsMax + 1)
            .Select(day => new WhatIfRequest(type.Name, data.DeepClone().AsObject(), day))];
    }

    private static IEnumerable<DateOnly> Days(string pattern, DateOnly from, DateOnly until, int times)
    {
        var all = Enumerable.Range(0, Math.Min(until.DayNumber - from.DayNumber, DaysMax) + 1);
        return pattern switch
        {
            "daily" => all.Select(from.AddDays),
            "weekdays" => all.Select(from.AddDays).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)),
            "weekly" => all.Where(day => day % 7 == 0).Select(from.AddDays),
            "times" => all.SelectMany(day => Enumerable.Repeat(from.AddDays(day), (day % 7 + 1) * times / 7 - day % 7 * times / 7)),
            _ => [from],
        };
    }

    private static JsonObject Data(DraftFields fields, string name, EventType type)
    {
        var data = new JsonObject();
        foreach (var attribute in type.Attributes)
        {
            var text = fields.Text($"{name}.a.{attribute.Name}");
            if (text.Length == 0 && !attribute.Required) continue;
            data[attribute.Name] = attribute.Kind switch
            {
                AttributeKind.Integer => long.TryParse(text, CultureInfo.InvariantCulture, out var number)
                    ? Math.Clamp(number, attribute.Min, attribute.Max)
                    : attribute.Min,
                AttributeKind.Boolean => text == "true",
                _ => attribute.Codes.Contains(text) ? text : attribute.Codes[0],
            };
        }
        return data;
    }
}
