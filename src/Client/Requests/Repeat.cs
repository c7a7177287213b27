namespace Scoring.Client;

/// <summary>Whether a request may be sent again when it is not certain that it was carried out.</summary>
internal enum Repeat
{
    /// <summary>As its HTTP method says: GET, PUT and DELETE may be repeated, POST may not.</summary>
    ByMethod = 0,

    /// <summary>Repeating it does no harm, as docs/api.md says of it.</summary>
    Harmless = 1,
}
