"""Masks: enough to tell two values apart, too little to use one."""

import pytest

from portal.kernel.masking import mask_account, mask_mail, mask_phone


@pytest.mark.parametrize(
    ("address", "shown"), [("zhang.san@x.cn", "z***@x.cn"), ("a@b.example", "a***@b.example"), ("", "")]
)
def test_an_address_keeps_its_first_letter_and_its_domain(address, shown):
    assert mask_mail(address) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+8613812341234", "138****1234"),
        ("138 1234 1234", "138****1234"),
        ("+4915112345678", "491****5678"),
        ("0551-63530001", "055****0001"),
        ("6353", "****53"),
        ("", ""),
    ],
)
def test_a_telephone_number_loses_its_middle(number, shown):
    assert mask_phone(number) == shown


def test_an_account_keeps_its_last_four_digits():
    assert (mask_account("6222020200112233445"), mask_account("")) == ("**** 3445", "")
