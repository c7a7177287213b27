using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Time.Testing;
using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>Sessions in memory: bounded, and ended in time.</summary>
public sealed class SessionStoreTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SessionStore _store;

    public SessionStoreTests() => _store = new SessionStore(new PortalOptions { SessionsMax = 2 }, _time);

    [Fact]
    public async Task A_session_ends_in_time()
    {
        var key = await Begin();
        _store.Find(key).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMinutes(31));
        _store.Find(key).ShouldBeNull();
        _store.Count.ShouldBe(0);
    }

    [Fact]
    public async Task There_are_as_many_sessions_as_the_setting_allows_and_ended_ones_do_not_count()
    {
        await Begin();
        await Begin();
        await Should.ThrowAsync<SessionsFullException>(Begin);
        _time.Advance(TimeSpan.FromMinutes(31));
        await Begin();
        _store.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_was_ended_does_not_come_back_by_a_renewal()
    {
        var key = await Begin();
        var ticket = (await _store.RetrieveAsync(key)).ShouldNotBeNull();
        await _store.RemoveAsync(key);
        await _store.RenewAsync(key, ticket);
        (await _store.RetrieveAsync(key)).ShouldBeNull();
    }

    /// <summary>A browser that still knows the key of the session before must not share the new one.</summary>
    [Fact]
    public async Task A_sign_in_over_a_running_session_ends_it()
    {
        var key = await Begin();
        await _store.RenewAsync(key, Ticket());
        _store.Find(key).ShouldBeNull();
    }

    [Fact]
    public async Task A_renewal_of_the_session_itself_prolongs_it()
    {
        var key = await Begin();
        var ticket = (await _store.RetrieveAsync(key)).ShouldNotBeNull();
        ticket.Properties.ExpiresUtc = _time.GetUtcNow().AddMinutes(60);
        await _store.RenewAsync(key, ticket);
        _time.Advance(TimeSpan.FromMinutes(31));
        _store.Find(key).ShouldNotBeNull();
    }

    private Task<string> Begin() => _store.StoreAsync(Ticket());

    private AuthenticationTicket Ticket() => new(
        new ClaimsPrincipal(new ClaimsIdentity("test")),
        new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow().AddMinutes(30) }, "test");
}
