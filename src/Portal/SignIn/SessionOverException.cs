namespace Scoring.SignIn;

/// <summary>The session has ended, here or at the provider. The person signs in again.</summary>
internal sealed class SessionOverException() : Exception("The session is over.");
