using System.Text.Json.Nodes;

namespace Scoring.Client;

/// <summary>An event that no source sent.</summary>
/// <param name="Type">An event type that the programme accepts.</param>
/// <param name="Data">The attributes of the event type, without programme and handle.</param>
/// <param name="Day">Its day; today when absent.</param>
public sealed record WhatIfRequest(string Type, JsonObject Data, DateOnly? Day = null);
