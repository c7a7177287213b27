using System.Security.Claims;

namespace Scoring.SignIn;

/// <summary>The roles of the people who sign in.</summary>
internal static class SignInRoles
{
    /// <summary>Joins programmes, and sees their own score.</summary>
    public const string Participant = "participant";

    /// <summary>Governs programmes and registrations, and decides contests.</summary>
    public const string Administrator = "administrator";

    /// <summary>Checks histories, scores and the ledger.</summary>
    public const string Auditor = "auditor";

    /// <summary>Returns the first page of a person: of the first of their roles that has one.</summary>
    public static string HomeOf(ClaimsPrincipal person) =>
        person.IsInRole(Participant) ? "/my"
        : person.IsInRole(Administrator) ? "/admin"
        : person.IsInRole(Auditor) ? "/audit"
        : "/";
}
