using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Scoring.Hosting;
using Scoring.Keys;

namespace Scoring.SignIn;

/// <summary>Keeps sessions in the memory of this process. They end with it; their people sign in again.</summary>
internal sealed class SessionStore(PortalOptions options, TimeProvider time) : ITicketStore
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>How many sessions there are.</summary>
    public int Count => _sessions.Count;

    /// <summary>Returns the session of a key, or <see langword="null"/> when it has ended.</summary>
    public Session? Find(string? key)
    {
        if (key is null || !_sessions.TryGetValue(key, out var session)) return null;
        if (!HasEnded(session)) return session;
        _sessions.TryRemove(key, out _);
        return null;
    }

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        if (_sessions.Count >= options.SessionsMax) RemoveEnded();
        if (_sessions.Count >= options.SessionsMax) throw new SessionsFullException();
        var key = UnguessableKey.Draw();
        ticket.Properties.Items[Session.KeyItem] = key;
        _sessions[key] = new Session(ticket);
        return Task.FromResult(key);
    }

    /// <summary>
    /// Prolongs a session. A sign-in over a running session ends it instead, and the person signs in once more: a browser that
    /// knows the old key would share the new session, and what the person before has begun would pass on.
    /// </summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (!ticket.Properties.Items.ContainsKey(Session.KeyItem)) return RemoveAsync(key);
        if (_sessions.TryGetValue(key, out var session)) session.Ticket = ticket;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(Find(key)?.Ticket);

    /// <inheritdoc/>
    public Task RemoveAsync(string key)
    {
        _sessions.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private void RemoveEnded()
    {
        foreach (var (key, session) in _sessions)
        {
            if (HasEnded(session)) _sessions.TryRemove(key, out _);
        }
    }

    private bool HasEnded(Session session) => session.Ticket.Properties.ExpiresUtc < time.GetUtcNow();
}
