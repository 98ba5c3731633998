def test_it_all(make, clock):
    bids = make.qualified_bids(clock, count=2, files=1)
    assert [b.state for b in bids] == ["qualified"]*2
