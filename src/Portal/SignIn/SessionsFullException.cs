namespace Scoring.SignIn;

/// <summary>The process keeps as many sessions as it may.</summary>
internal sealed class SessionsFullException() : Exception("There are as many sessions as Portal:SessionsMax allows.");
