namespace Scoring.Bridge.Tokens;

/// <summary>There is no access token now. The message holds no secret.</summary>
internal sealed class TokenException(string message, Exception? inner = null) : Exception(message, inner);
