using Microsoft.AspNetCore.Authentication;
using Scoring.Enrolments;
using Scoring.Linking;

namespace Scoring.SignIn;

/// <summary>
/// A person's session: the tokens, which stay in this process, and what the person has begun and not finished. The browser holds a random
/// key to it, and nothing else.
/// </summary>
internal sealed class Session(AuthenticationTicket ticket)
{
    /// <summary>Where a ticket names its session.</summary>
    public const string KeyItem = ".session";

    /// <summary>What the sign-in has told, and the tokens.</summary>
    public AuthenticationTicket Ticket { get; set; } = ticket;

    /// <summary>Lets one request at a time refresh the tokens: a provider takes a refresh token once.</summary>
    public SemaphoreSlim Refreshing { get; } = new(1);

    /// <summary>Lets one archive at a time be made.</summary>
    public SemaphoreSlim Exporting { get; } = new(1);

    /// <summary>The visits to the linking pages of sources that are under way.</summary>
    public LinkVisits Links { get; } = new();

    /// <summary>What the person links when they join, by programme.</summary>
    public JoinDrafts Joins { get; } = new();
}
