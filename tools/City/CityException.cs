namespace Scoring.City;

/// <summary>Something the person at the terminal can mend; its message is shown without a stack.</summary>
public sealed class CityException(string message) : Exception(message);
