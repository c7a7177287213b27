using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Intake;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.WhatIf;

namespace Scoring.Editing;

/// <summary>Reads <c>{"draft":{…},"from":…,"to":…,"events":[…]}</c>. The events are read as strictly as those of a source.</summary>
internal sealed class WorkbenchReader(GatewayLimits limits)
{
    /// <summary>Reads the body of a request.</summary>
    /// <param name="root">The body, an object without duplicate members.</param>
    /// <param name="types">The event types that a made-up event may have.</param>
    public WorkbenchReading Read(JsonElement root, FrozenDictionary<string, EventSchema> types)
    {
        foreach (var member in root.EnumerateObject())
            if (member.Name is not ("draft" or "from" or "to" or "events"))
                return Refuse(FaultList.Member("", member.Name), "There is no such member.");
        if (!root.TryGetProperty("draft", out var draft) || draft.ValueKind != JsonValueKind.Object)
            return Refuse("/draft", "It must be an object.");
        if (Day(root, "from") is not { } from) return Refuse("/from", "It must be an ISO 8601 date: year-month-day.");
        if (Day(root, "to") is not { } to) return Refuse("/to", "It must be an ISO 8601 date: year-month-day.");
        if (to < from || to.DayNumber - from.DayNumber >= limits.WorkbenchDaysMax)
            return Refuse("/to", $"It must be at most {limits.WorkbenchDaysMax - 1} days after the first day.");
        if (!root.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array)
            return Refuse("/events", "It must be an array.");
        return events.GetArrayLength() > limits.WorkbenchEventsMax
            ? Refuse("/events", $"There may be at most {limits.WorkbenchEventsMax} events.")
            : Read(draft, from, to, events, types);
    }

    private WorkbenchReading Read(
        JsonElement draft, DateOnly from, DateOnly to, JsonElement events, FrozenDictionary<string, EventSchema> types)
    {
        var faults = new FaultList(inBatch: true, limits.ErrorsMax, "/events");
        using var buffers = new TextBuffers(limits.AttributeBytesMax);
        var reader = new HypotheticalEventReader(types, limits, faults, buffers);
        var read = ImmutableArray.CreateBuilder<MadeUpEvent>();
        foreach (var (index, element) in events.EnumerateArray().Index())
        {
            if (reader.Read(JsonMarshal.GetRawUtf8Value(element), index) is not { } made) continue;
            if (made.Day is not { } day) faults.Add(index, "/day", FaultList.Missing);
            else if (day < from || day > to) faults.Add(index, "/day", "It is outside the days whose scores are asked for.");
            else read.Add(new MadeUpEvent(day, made.Body));
        }
        return faults.Total == 0
            ? new(new WorkbenchRun(JsonMarshal.GetRawUtf8Value(draft).ToArray(), from, to, read.ToImmutable()), null, false)
            : new(null, new ProblemResult(Problem.EventsRefused) { Errors = faults.Named, ErrorsTotal = faults.Total }, reader.Missed);
    }

    private static DateOnly? Day(JsonElement root, string name) =>
        root.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static WorkbenchReading Refuse(string pointer, string detail) => new(null, AdminResults.Malformed(pointer, detail), false);
}

/// <summary>What was read.</summary>
/// <param name="Run">The run; <see langword="null"/> when it is refused.</param>
/// <param name="Refusal">Why it is refused; otherwise <see langword="null"/>.</param>
/// <param name="Missed">Whether the catalogue lacks an event's type. The catalogue may have changed since it was read.</param>
internal readonly record struct WorkbenchReading(WorkbenchRun? Run, ProblemResult? Refusal, bool Missed);
