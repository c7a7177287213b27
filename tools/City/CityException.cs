namespace Scoring.City;

/// <summary>An error that the user can correct. Its message is shown without a stack trace.</summary>
public sealed class CityException(string message) : Exception(message);
