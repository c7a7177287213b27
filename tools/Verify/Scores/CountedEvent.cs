using System.Text.Json.Nodes;

namespace Scoring.Verify.Scores;

/// <summary>How an event counts on the day of the score.</summary>
public enum Standing
{
    /// <summary>All its points count.</summary>
    Counts = 0,

    /// <summary>It is contested: negative points are left out.</summary>
    HarmSuspended = 1,

    /// <summary>It was corrected, or contested and not rejected in time: no points count.</summary>
    TakenAway = 2,
}

/// <summary>An event as the score counts it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Day">Its day in the programme's zone.</param>
/// <param name="Data">Its attributes.</param>
/// <param name="Standing">How it counts.</param>
public sealed record CountedEvent(string Type, DateOnly Day, JsonObject Data, Standing Standing = Standing.Counts);
