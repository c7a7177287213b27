using System.Globalization;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Scores;

/// <summary>
/// Tracks what corrections and contests change. The first contest of an event counts. New material moves its due day once. A rejection on
/// or before the due day closes it; an undecided contest past its due day is upheld. A correction is final.
/// </summary>
public sealed class Amendments
{
    private readonly Dictionary<long, (DateOnly Due, bool IsExtended)> _contests = [];
    private readonly HashSet<long> _corrected = [];

    /// <summary>Applies an entry of a subject. Entries come in ascending turns; kinds that change nothing are ignored.</summary>
    public void Apply(int kind, DateOnly day, JsonObject body)
    {
        if (body["turn"] is not JsonValue value || !value.TryGetValue<long>(out var turn)) return;
        switch (kind)
        {
            case EntryKinds.Corrected:
                _corrected.Add(turn);
                _contests.Remove(turn);
                break;
            case EntryKinds.ContestOpened when !_corrected.Contains(turn):
                _contests.TryAdd(turn, (DueDay(body), false));
                break;
            case EntryKinds.ContestDecided when (bool?)body["upheld"] == false:
                if (_contests.TryGetValue(turn, out var closed) && day <= closed.Due) _contests.Remove(turn);
                break;
            case EntryKinds.ContestExtended:
                if (_contests.TryGetValue(turn, out var open) && !open.IsExtended && day <= open.Due && DueDay(body) > open.Due)
                    _contests[turn] = (DueDay(body), true);
                break;
        }
    }

    /// <summary>Returns the standing of a turn's event on a day.</summary>
    public Standing StandingOf(long turn, DateOnly day)
    {
        if (_corrected.Contains(turn)) return Standing.TakenAway;
        if (!_contests.TryGetValue(turn, out var contest)) return Standing.Counts;
        return day <= contest.Due ? Standing.HarmSuspended : Standing.TakenAway;
    }

    private static DateOnly DueDay(JsonObject body) =>
        DateOnly.ParseExact((string)body["dueDay"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The numbers of the entry kinds that the checks need.</summary>
public static class EntryKinds
{
    /// <summary>An event of a source.</summary>
    public const int Event = 1;

    /// <summary>A service's query.</summary>
    public const int Queried = 2;

    /// <summary>A correction, which takes an event's effect away.</summary>
    public const int Corrected = 4;

    /// <summary>A contest.</summary>
    public const int ContestOpened = 5;

    /// <summary>The decision of a contest.</summary>
    public const int ContestDecided = 6;

    /// <summary>An enrolment, with the first consent.</summary>
    public const int Enrolled = 7;

    /// <summary>The tombstone of a withdrawal.</summary>
    public const int Withdrawn = 14;

    /// <summary>An administrative action.</summary>
    public const int Act = 16;

    /// <summary>A renewed consent.</summary>
    public const int ConsentRenewed = 17;

    /// <summary>New material for a contest.</summary>
    public const int ContestExtended = 18;

    /// <summary>The tombstone of expired entries.</summary>
    public const int Expired = 19;

    /// <summary>Declares how many of the rows after it are filling.</summary>
    public const int Padded = 20;
}
