using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Grants;

/// <summary>A grant grain that gives what a test tells it to.</summary>
internal sealed class FakeGrants : IGrantGrain
{
    public GrantOutcome Outcome { get; set; } = new(new NewGrantView("g1", new string('t', 43)), null);

    public GrantRequest? Wish { get; private set; }

    public Task<GrantOutcome> Give(OwnSubject own, GrantRequest wish)
    {
        Wish = wish;
        return Task.FromResult(own == FakeEnrolment.Own ? Outcome : new GrantOutcome(null, GrantRefusal.SubjectUnknown));
    }
}
