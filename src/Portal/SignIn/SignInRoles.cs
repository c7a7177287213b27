namespace Scoring.SignIn;

/// <summary>The roles of the people who sign in.</summary>
internal static class SignInRoles
{
    /// <summary>Joins programmes, and sees their own score.</summary>
    public const string Participant = "participant";
}
