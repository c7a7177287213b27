using System.Text.Json.Nodes;

namespace Scoring.Verify.Scores;

/// <summary>How an event stands on the asking day.</summary>
public enum Standing
{
    /// <summary>It counts.</summary>
    Counts = 0,

    /// <summary>It is contested: what harms is left out.</summary>
    HarmSuspended = 1,

    /// <summary>It was corrected, or contested and not rejected in time.</summary>
    TakenAway = 2,
}

/// <summary>What an event counts as.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Day">Its day in the programme's zone.</param>
/// <param name="Data">Its attributes.</param>
/// <param name="Standing">How it stands.</param>
public sealed record CountedEvent(string Type, DateOnly Day, JsonObject Data, Standing Standing = Standing.Counts);
