using System.Globalization;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Scores;

/// <summary>
/// How events stand after corrections and contests, by the words of the design: the first contest of an event stands, new material moves
/// its due day once, a rejection closes it up to its due day, past that it is decided for the participant; a correction is for good.
/// </summary>
public sealed class Amendments
{
    private readonly Dictionary<long, (DateOnly Due, bool IsExtended)> _contests = [];
    private readonly HashSet<long> _corrected = [];

    /// <summary>Takes an entry of a subject, in ascending turns; kinds that change nothing are passed over.</summary>
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

    /// <summary>How the event of a turn stands on a day.</summary>
    public Standing StandingOf(long turn, DateOnly day)
    {
        if (_corrected.Contains(turn)) return Standing.TakenAway;
        if (!_contests.TryGetValue(turn, out var contest)) return Standing.Counts;
        return day <= contest.Due ? Standing.HarmSuspended : Standing.TakenAway;
    }

    private static DateOnly DueDay(JsonObject body) =>
        DateOnly.ParseExact((string)body["dueDay"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The numbers of entries' kinds that a check must know.</summary>
public static class EntryKinds
{
    /// <summary>An event of a source.</summary>
    public const int Event = 1;

    /// <summary>A service asked.</summary>
    public const int Queried = 2;

    /// <summary>Takes an event away.</summary>
    public const int Corrected = 4;

    /// <summary>A contest.</summary>
    public const int ContestOpened = 5;

    /// <summary>Its decision.</summary>
    public const int ContestDecided = 6;

    /// <summary>Consent, the first.</summary>
    public const int Enrolled = 7;

    /// <summary>A tombstone of a withdrawal.</summary>
    public const int Withdrawn = 14;

    /// <summary>An administrative act.</summary>
    public const int Act = 16;

    /// <summary>Consent, renewed.</summary>
    public const int ConsentRenewed = 17;

    /// <summary>New material of a contest.</summary>
    public const int ContestExtended = 18;

    /// <summary>A tombstone of entries past their retention.</summary>
    public const int Expired = 19;

    /// <summary>Says how many rows behind it are filling.</summary>
    public const int Padded = 20;
}
