using Scoring.Clients;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Testing;

namespace Scoring.People;

public sealed class PairwiseSubjectTests(SharedIssuer issuer)
{
    [Fact]
    public async Task Clients_of_two_sectors_see_different_subjects_of_one_person()
    {
        using var portal = issuer.PortalClient();
        using var other = issuer.ForeignClient();
        foreach (var person in new[] { "participant-2", "administrator-1" })
        {
            var here = Subject((await portal.SignIn(person)).GetProperty("access_token").GetString()!);
            var there = Subject((await other.SignIn(person)).GetProperty("access_token").GetString()!);
            there.ShouldNotBe(here);
            there.ShouldNotContain(person);
            portal.Browser.Forget();
            other.Browser.Forget();
        }
    }

    [Fact]
    public void A_subject_follows_from_person_sector_and_key_and_names_no_one()
    {
        var text = DerivationKey.Draw();
        var subjects = new PairwiseSubjects(new DerivationKey(text));
        var person = MadeUpPeople.Participants[1];
        var all = new[] { IssuerClient.PlatformSector, "another" }.SelectMany(
            sector => MadeUpPeople.All.Select(one => subjects.Of(one, sector))).ToArray();
        all.ShouldBeUnique();
        new PairwiseSubjects(new DerivationKey(text)).Of(person, "another").ShouldBe(subjects.Of(person, "another"));
        new PairwiseSubjects(new DerivationKey(DerivationKey.Draw())).Of(person, "another").ShouldNotBe(subjects.Of(person, "another"));
    }

    [Fact]
    public void People_whom_earlier_data_folders_know_keep_their_subject_in_the_platform_s_sector()
    {
        var subjects = new PairwiseSubjects(new DerivationKey(DerivationKey.Draw()));
        MadeUpPeople.All.Select(person => subjects.Of(person, IssuerClient.PlatformSector))
            .Intersect(["participant-1", "administrator-1", "administrator-2", "administrator-3", "auditor-1"]).Count().ShouldBe(5);
    }

    private static string Subject(string token) => RelyingParty.Claims(token).GetProperty("sub").GetString()!;
}
